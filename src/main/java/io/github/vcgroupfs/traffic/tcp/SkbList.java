package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Buffers in the order of their sequence numbers: a ring that costs nothing while it was never
 * used, for most sockets are idle. Not thread-safe.
 */
final class SkbList {
  private static final int LEAST = 4;

  private static final int KEPT = 16;

  private static final @Nullable Skb[] NOTHING = {};

  private @Nullable Skb[] ring = NOTHING;
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
    if (index < size) {
      Skb skb = ring[place(index)];
      if (skb != null) {
        return skb;
      }
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Nullable Skb first() {
    return size == 0 ? null : get(0);
  }

  @Nullable Skb last() {
    return size == 0 ? null : get(size - 1);
  }

  void add(Skb skb) {
    makeRoom();
    ring[place(size++)] = skb;
  }

  Skb removeFirst() {
    Skb first = get(0);
    ring[head] = null;
    head = place(1);
    size--;
    forgetIfLarge();
    return first;
  }

  Skb removeLast() {
    Skb last = get(size - 1);
    ring[place(--size)] = null;
    forgetIfLarge();
    return last;
  }

  /** Puts a buffer at that place; those from there on move up. */
  void insert(int index, Skb skb) {
    makeRoom();
    for (int i = size; i > index; i--) {
      ring[place(i)] = ring[place(i - 1)];
    }
    ring[place(index)] = skb;
    size++;
  }

  /** Takes out the buffer at that place; those behind it move down. */
  void remove(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    for (int i = index; i < size - 1; i++) {
      ring[place(i)] = ring[place(i + 1)];
    }
    ring[place(--size)] = null;
    forgetIfLarge();
  }

  private int place(int index) {
    return (head + index) & (ring.length - 1);
  }

  private void forgetIfLarge() {
    if (size == 0 && ring.length > KEPT) {
      ring = NOTHING;
      head = 0;
    }
  }

  private void makeRoom() {
    if (size < ring.length) {
      return;
    }
    @Nullable Skb[] larger = new Skb[Math.max(LEAST, size * 2)];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[place(i)];
    }
    ring = larger;
    head = 0;
  }
}
