package io.github.vcgroupfs.traffic.tcp;

/**
 * The memory into which a task copies data before it is sent. All sockets of the task share it:
 * {@code net/core/sock.c sk_page_frag_refill}. Only the addresses matter: pieces that follow each
 * other in a page are one fragment of a buffer. Not thread-safe.
 */
public final class PageFrag {
  /** SKB_FRAG_PAGE_ORDER: 32 KiB at a time. */
  static final int SIZE_BYTES = 32 << 10;

  /** A page with less than that left is given up. */
  private static final int LEAST_BYTES = 32;

  private long address;

  /** The memory of one task, empty. */
  public PageFrag() {}

  /** The address that the next byte gets; a new page where the old one is full. */
  long refill() {
    if (remaining() < LEAST_BYTES) {
      address += remaining();
    }
    return address;
  }

  /** Bytes left in the page. */
  int remaining() {
    return SIZE_BYTES - (int) (address % SIZE_BYTES);
  }

  /** So many bytes were copied. */
  void use(int bytes) {
    address += bytes;
  }
}
