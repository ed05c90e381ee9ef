package io.github.vcgroupfs.kernel;

/** Arithmetic with pages. Every profile has the same page size, 4,096 bytes. Has no state. */
public final class Pages {
  /** Bytes in a page. */
  public static final int SIZE_BYTES = 4096;

  private Pages() {}

  /** How many pages a number of bytes needs, rounded up. {@code sk_mem_pages}. */
  public static long ofBytesUp(long bytes) {
    return (bytes + SIZE_BYTES - 1) / SIZE_BYTES;
  }
}
