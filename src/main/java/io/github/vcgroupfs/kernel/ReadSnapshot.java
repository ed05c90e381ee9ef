package io.github.vcgroupfs.kernel;

/** When the text of a number file is made for an open handle. */
public enum ReadSnapshot {
  /** At every read; the slice at the offset is returned. 3.x: {@code cgroup_read_X64}. */
  EVERY_READ,
  /** At the first read, kept until a read starts at offset 0. kernfs: {@code seq_read}. */
  UNTIL_REWOUND
}
