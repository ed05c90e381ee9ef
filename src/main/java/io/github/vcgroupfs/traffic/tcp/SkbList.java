package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Buffers in the order of their sequence numbers: a ring that costs nothing while it was never
 * used, for most sockets are idle. Not thread-safe.
 */
final class SkbList {
  private static final int LEAST = 4;

  private static final int KEPT = 16;

  private @Nullable Skb @Nullable [] ring;
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The buffer at that place. Preconditions: there is one. */
  Skb get(int index) {
    Skb[] all = ring;
    Skb skb = all == null ? null : all[head + index & all.length - 1];
    if (skb == null || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return skb;
  }

  @Nullable Skb first() {
    return size == 0 ? null : get(0);
  }

  @Nullable Skb last() {
    return size == 0 ? null : get(size - 1);
  }

  void add(Skb skb) {
    Skb[] all = withRoom();
    all[head + size++ & all.length - 1] = skb;
  }

  Skb removeFirst() {
    Skb first = get(0);
    Skb[] all = ring;
    if (all != null) {
      all[head] = null;
      head = head + 1 & all.length - 1;
      size--;
      forgetIfLarge(all);
    }
    return first;
  }

  Skb removeLast() {
    Skb last = get(size - 1);
    Skb[] all = ring;
    if (all != null) {
      all[head + --size & all.length - 1] = null;
      forgetIfLarge(all);
    }
    return last;
  }

  /** Puts a buffer at that place; those from there on move up. */
  void insert(int index, Skb skb) {
    Skb[] all = withRoom();
    int mask = all.length - 1;
    for (int i = size; i > index; i--) {
      all[head + i & mask] = all[head + i - 1 & mask];
    }
    all[head + index & mask] = skb;
    size++;
  }

  /** Takes out the buffer at that place; those behind it move down. */
  void remove(int index) {
    Skb[] all = ring;
    if (all == null || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int mask = all.length - 1;
    for (int i = index; i < size - 1; i++) {
      all[head + i & mask] = all[head + i + 1 & mask];
    }
    all[head + --size & mask] = null;
    forgetIfLarge(all);
  }

  private void forgetIfLarge(Skb[] all) {
    if (size == 0 && all.length > KEPT) {
      ring = null;
      head = 0;
    }
  }

  private Skb[] withRoom() {
    Skb[] all = ring;
    if (all == null) {
      all = new Skb[LEAST];
      ring = all;
      head = 0;
    } else if (size == all.length) {
      Skb[] larger = new Skb[size * 2];
      for (int i = 0; i < size; i++) {
        larger[i] = all[head + i & size - 1];
      }
      ring = larger;
      head = 0;
      all = larger;
    }
    return all;
  }
}
