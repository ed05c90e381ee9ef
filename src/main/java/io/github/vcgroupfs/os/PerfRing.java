package io.github.vcgroupfs.os;

import java.lang.invoke.VarHandle;

/**
 * The memory into which the kernel writes the events of one processor. The kernel moves the head,
 * and we the tail. Both only grow. {@code include/uapi/linux/perf_event.h}, {@code
 * kernel/events/ring_buffer.c}.
 *
 * <p>Every record ends with its time, because it was opened so ({@code sample_id_all} with only
 * {@code PERF_SAMPLE_TIME}). Not thread-safe.
 */
final class PerfRing {
  // Offsets in struct perf_event_mmap_page
  static final int DATA_HEAD = 1024;
  static final int DATA_TAIL = 1032;

  // enum perf_event_type
  static final int LOST = 2;
  static final int COMM = 3;
  static final int EXIT = 4;
  static final int FORK = 7;
  static final int LOST_SAMPLES = 13;

  /** In the header of a COMM record: it was exec that changed the name. */
  static final int MISC_COMM_EXEC = 1 << 13;

  /** More than any record that we ask for, together with one of lost ones before it. */
  private static final int LARGEST_BYTES = 128;

  private static final int HEADER_BYTES = 8;
  private static final int TIME_BYTES = 8;

  private final NativeMemory memory;
  private final int dataOffset;
  private final int dataBytes;
  private long tail;
  private long head;

  /**
   * A ring that has been mapped.
   *
   * @param memory the page that describes the ring, and the ring behind it
   * @param dataOffset where the ring begins, in bytes
   * @param dataBytes its size, a power of two
   */
  PerfRing(NativeMemory memory, int dataOffset, int dataBytes) {
    this.memory = memory;
    this.dataOffset = dataOffset;
    this.dataBytes = dataBytes;
  }

  /** Looks how far the kernel has come. What is behind that is not seen until the next look. */
  void look() {
    head = memory.getLong(DATA_HEAD);
    VarHandle.acquireFence(); // the records are read after the head
  }

  /** Whether nothing that was seen is left. */
  boolean isEmpty() {
    return tail == head;
  }

  /** Whether there was no room for another record at the last look, so that some may be lost. */
  boolean isFull() {
    return head - tail > dataBytes - LARGEST_BYTES;
  }

  /** When the last record that was seen was written. Preconditions: not empty. */
  long lastTime() {
    long last = tail;
    for (long at = tail; at != head; at += size(at)) {
      last = at;
    }
    return time(last);
  }

  /** When the next record was written. Preconditions: not empty. */
  long nextTime() {
    return time(tail);
  }

  /** Hands over the next record and goes on to the one behind it. Preconditions: not empty. */
  void deliverNext(TaskEvents.Sink sink) {
    long at = tail;
    int type = int32(at);
    int pid = int32(at + HEADER_BYTES);
    switch (type) {
      case FORK -> sink.forked(int32(at + 20), pid, int32(at + 16));
      case EXIT -> sink.exited(int32(at + 16));
      case COMM -> {
        if ((misc(at) & MISC_COMM_EXEC) != 0) {
          sink.execed(pid);
        }
      }
      case LOST, LOST_SAMPLES -> sink.lost();
      default -> {} // the kernel may tell more, for instance that it was too slow
    }
    tail = at + size(at);
  }

  /** Gives what was read back to the kernel. */
  void release() {
    VarHandle.fullFence(); // the records are read before the kernel may write over them
    memory.putLong(DATA_TAIL, tail);
  }

  private long time(long at) {
    return memory.getLong(place(at + size(at) - TIME_BYTES));
  }

  private int size(long at) {
    int size = memory.getShort(place(at + 6)) & 0xffff;
    if (size < HEADER_BYTES + TIME_BYTES) {
      throw new IllegalStateException(
          "an event of the kernel has %d bytes; at least %d were expected"
              .formatted(size, HEADER_BYTES + TIME_BYTES));
    }
    return size;
  }

  private int misc(long at) {
    return memory.getShort(place(at + 4)) & 0xffff;
  }

  private int int32(long at) {
    return memory.getInt(place(at));
  }

  /** Records begin at multiples of 8, so that no number is in two pieces. */
  private long place(long at) {
    return dataOffset + (at & dataBytes - 1);
  }
}
