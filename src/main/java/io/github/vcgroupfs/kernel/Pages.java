package io.github.vcgroupfs.kernel;

/** Page arithmetic for the one page size of every profile: 4,096 bytes. Stateless. */
public final class Pages {
  /** Bytes in a page. */
  public static final int SIZE_BYTES = 4096;

  private Pages() {}

  /** Pages that hold that many bytes, rounded up. {@code sk_mem_pages}. */
  public static long ofBytesUp(long bytes) {
    return (bytes + SIZE_BYTES - 1) / SIZE_BYTES;
  }
}
