package io.github.vcgroupfs.sock;

/** A buffer in a queue: {@code struct sk_buff}. Grows while it is the last unsent one. */
final class Segment {
  private int dataBytes;
  private int truesize;

  Segment(int dataBytes, int truesize) {
    this.dataBytes = dataBytes;
    this.truesize = truesize;
  }

  int dataBytes() {
    return dataBytes;
  }

  int truesize() {
    return truesize;
  }

  void append(int bytes) {
    dataBytes += bytes;
    truesize += bytes;
  }

  /** The reader took that many bytes; the memory stays until the last is taken. */
  void consume(int bytes) {
    dataBytes -= bytes;
  }
}
