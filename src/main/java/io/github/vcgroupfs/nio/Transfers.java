package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Moves bytes between channels, in pieces of the size that the JDK uses: each piece that goes to a
 * control file is one command. Has no state.
 */
final class Transfers {
  private static final int PIECE_BYTES = 8192;

  private Transfers() {}

  /** From a control file to any channel. Returns the number of bytes. */
  static long to(FileChannel file, long position, long count, WritableByteChannel target)
      throws IOException {
    return copy(
        count,
        (buffer, done) -> file.read(buffer, position + done),
        (buffer, done) -> target.write(buffer));
  }

  /** From any channel to a control file. Returns the number of bytes. */
  static long from(ReadableByteChannel source, FileChannel file, long position, long count)
      throws IOException {
    return copy(
        count,
        (buffer, done) -> source.read(buffer),
        (buffer, done) -> file.write(buffer, position + done));
  }

  /** Reads or writes one piece. */
  private interface Step {
    int step(ByteBuffer buffer, long doneBytes) throws IOException;
  }

  /** A failure after the first piece is kept for the next call, as in the JDK. */
  private static long copy(long count, Step read, Step write) throws IOException {
    long done = 0;
    try {
      while (done < count) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count - done, PIECE_BYTES));
        int taken = read.step(buffer, done);
        if (taken <= 0) {
          break;
        }
        int put = write.step(buffer.flip(), done);
        done += put;
        if (put != taken) {
          break;
        }
      }
      return done;
    } catch (IOException e) {
      if (done > 0) {
        return done;
      }
      throw e;
    }
  }
}
