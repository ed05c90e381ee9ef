package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroupfs.file.FileOwner;

/** A size of huge pages on x86-64 or aarch64. Each has files of its own. */
enum HugePageSize {
  /** aarch64 only. */
  KB_64(1L << 16, "64KB"),
  /** On both. */
  MB_2(1L << 21, "2MB"),
  /** aarch64 only. */
  MB_32(1L << 25, "32MB"),
  /** On both. */
  GB_1(1L << 30, "1GB");

  private final long bytes;
  private final String prefix;

  HugePageSize(long bytes, String name) {
    this.bytes = bytes;
    this.prefix = HugetlbController.NAME + "." + name + ".";
  }

  long bytes() {
    return bytes;
  }

  /** The owner of its files: their names have the size in them. {@code mem_fmt}. */
  FileOwner owner() {
    return new FileOwner(HugetlbController.NAME, prefix);
  }
}
