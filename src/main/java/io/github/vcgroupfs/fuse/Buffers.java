package io.github.vcgroupfs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.os.NativeMemory;

/** Bytes between us and the memory of libfuse. Has no state. */
final class Buffers {
  /** DEFAULT_POLLMASK: POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM. */
  private static final int POLL_READY = 0x1 | 0x4 | 0x40 | 0x100;

  /** POLLPRI and POLLERR. */
  private static final int POLL_NEWS = 0x2 | 0x8;

  private Buffers() {}

  /** Puts bytes; returns how many. */
  static int put(NativeMemory to, byte[] bytes) {
    to.put(0, bytes, bytes.length);
    return bytes.length;
  }

  /** Cuts what does not fit: {@code readlink(2)}; libfuse wants a NUL at the end. */
  static int putText(NativeMemory to, long size, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int length = Math.min(bytes.length, toInt(size) - 1);
    to.put(0, bytes, length);
    to.putByte(length, (byte) 0);
    return 0;
  }

  /** Puts what poll(2) reports; returns 0. */
  static int putPoll(NativeMemory revents, boolean news) {
    revents.putInt(0, news ? POLL_READY | POLL_NEWS : POLL_READY);
    return 0;
  }

  /** A size as Java has it; larger ones are cut. */
  static int toInt(long size) {
    return (int) Math.min(size, Integer.MAX_VALUE);
  }
}
