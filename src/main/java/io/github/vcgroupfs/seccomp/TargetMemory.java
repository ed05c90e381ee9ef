package io.github.vcgroupfs.seccomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.SeccompCalls;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes memory of other processes, piece by piece: no piece crosses the border of a
 * page, since the one behind it may not be there. Not thread-safe.
 */
final class TargetMemory {
  private static final int PIECE_BYTES = 4096;
  private static final int IOVEC_BYTES = 16;
  private static final int IOVEC_LENGTH = 8;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 02000000;

  private final ByteBuffer piece = SeccompCalls.memory(PIECE_BYTES);
  private final ByteBuffer vectors = SeccompCalls.memory(2 * IOVEC_BYTES);
  private final long pieceAt = SeccompCalls.address(piece);
  private final long localAt = SeccompCalls.address(vectors);
  private final long remoteAt = localAt + IOVEC_BYTES;

  TargetMemory() {
    vectors.putLong(0, pieceAt);
  }

  /** Reads a string that ends with a NUL; null if it cannot be read, or is longer. */
  @Nullable String readString(int tid, long address, int maxBytes) {
    StringBuilder before = null;
    long at = address;
    int left = maxBytes;
    while (left > 0) {
      int size = Math.min(left, untilNextPage(at));
      if (transfer(tid, at, size, false) < size) {
        return null;
      }
      int length = lengthOfString(size);
      byte[] bytes = new byte[length];
      piece.get(0, bytes);
      String text = new String(bytes, ISO_8859_1);
      if (length < size) {
        return before == null ? text : before.append(text).toString();
      }
      before = before == null ? new StringBuilder(text) : before.append(text);
      at += size;
      left -= size;
    }
    return null;
  }

  /** Reads bytes; null if not all of them can be read. */
  byte @Nullable [] read(int tid, long address, int size) {
    byte[] bytes = new byte[size];
    int done = 0;
    while (done < size) {
      int step = Math.min(size - done, untilNextPage(address + done));
      if (transfer(tid, address + done, step, false) < step) {
        return null;
      }
      piece.get(0, bytes, done, step);
      done += step;
    }
    return bytes;
  }

  /** Writes bytes; false if not all of them could be written. */
  boolean write(int tid, long address, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      int step = Math.min(bytes.length - done, untilNextPage(address + done));
      piece.put(0, bytes, done, step);
      if (transfer(tid, address + done, step, true) < step) {
        return false;
      }
      done += step;
    }
    return true;
  }

  private int lengthOfString(int size) {
    int length = 0;
    while (length < size && piece.get(length) != 0) {
      length++;
    }
    return length;
  }

  private static int untilNextPage(long address) {
    return PIECE_BYTES - (int) (address & PIECE_BYTES - 1);
  }

  private int transfer(int tid, long address, int size, boolean out) {
    vectors.putLong(IOVEC_LENGTH, size);
    vectors.putLong(IOVEC_BYTES, address).putLong(IOVEC_BYTES + IOVEC_LENGTH, size);
    int done =
        out
            ? SeccompCalls.writeMemory(tid, localAt, remoteAt)
            : SeccompCalls.readMemory(tid, localAt, remoteAt);
    return done >= 0 ? done : transferByFile(tid, address, size, out);
  }

  /** Where a sandbox forbids the calls, or no Linux of this kind has them. */
  private int transferByFile(int tid, long address, int size, boolean out) {
    int fd = SeccompCalls.open("/proc/" + tid + "/mem", O_CLOEXEC | (out ? O_RDWR : 0));
    if (fd < 0) {
      return fd;
    }
    try {
      return out
          ? SeccompCalls.pwrite(fd, pieceAt, size, address)
          : SeccompCalls.pread(fd, pieceAt, size, address);
    } finally {
      Libc.close(fd);
    }
  }
}
