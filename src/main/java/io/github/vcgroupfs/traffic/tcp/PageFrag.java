package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayList;

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

  /** Who holds data, and from which of its bytes on. */
  interface Holder {
    /** The first byte that somebody still has: what came before is free. */
    long heldFrom();
  }

  /** A part of the page: the bytes of a connection up to that one. */
  private record Part(Holder holder, long endSeq) {
    boolean isFree() {
      return holder.heldFrom() >= endSeq;
    }
  }

  /** What is in the page, in the order in which it was copied. */
  private final ArrayList<Part> parts = new ArrayList<>();

  private long address;

  /** The memory of one task, empty. */
  public PageFrag() {}

  /** The address that the next byte gets; a new page where the old one is full. */
  long refill() {
    if (!parts.isEmpty() && parts.get(parts.size() - 1).isFree() && isFree()) {
      // the task alone has the page: it begins again at its start, which another address stands for
      parts.clear();
      address += remaining();
    } else if (remaining() < LEAST_BYTES) {
      parts.clear();
      address += remaining();
    }
    return address;
  }

  private boolean isFree() {
    for (Part part : parts) {
      if (!part.isFree()) {
        return false;
      }
    }
    return true;
  }

  /** Bytes left in the page. */
  int remaining() {
    return SIZE_BYTES - (int) (address % SIZE_BYTES);
  }

  /** So many bytes were copied, and are now those of a connection up to that one. */
  void use(int bytes, Holder holder, long endSeq) {
    address += bytes;
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).holder().equals(holder)) {
      parts.set(last, new Part(holder, endSeq));
    } else {
      parts.add(new Part(holder, endSeq));
    }
  }
}
