package io.github.vcgroupfs.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads control files, one after the other, into the same memory. It does not ask for the size of a
 * file: the kernel does not know it, and a daemon would make the text twice. Not thread-safe.
 */
final class SmallFile {
  private static final int FIRST_BYTES = 8 << 10;
  private static final int MAX_BYTES = 1 << 30;
  private static final int DECIMAL = 10;

  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
  private byte[] text = new byte[0];
  private int length;

  /** Reads a file that shows one number. Numbers from 2^63 on are -1. */
  long number(Path file) throws IOException {
    buffer.clear();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(buffer);
    }
    buffer.flip();
    long value = 0;
    int digits = 0;
    while (buffer.hasRemaining()) {
      int digit = buffer.get() - '0';
      if (digit < 0 || digit >= DECIMAL) {
        break;
      }
      value = value < 0 ? value : value * DECIMAL + digit;
      digits++;
    }
    if (digits == 0) {
      throw new IOException("shows no number");
    }
    return value < 0 ? -1 : value;
  }

  /** Counts the lines of a file. */
  long lines(Path file) throws IOException {
    long lines = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      buffer.clear();
      while (channel.read(buffer) > 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          lines += buffer.get() == '\n' ? 1 : 0;
        }
        buffer.clear();
      }
    }
    return lines;
  }

  /** Reads a whole file: {@link #text} has it until the next read. */
  void read(Path file) throws IOException {
    length = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      buffer.clear();
      while (channel.read(buffer) > 0) {
        buffer.flip();
        keep();
        buffer.clear();
      }
    }
    if (length == text.length) {
      return;
    }
    // the next one will be about as long: read it with few calls
    if (buffer.capacity() < length) {
      buffer = ByteBuffer.allocateDirect(Math.min(length, 1 << 20));
    }
  }

  private void keep() throws IOException {
    int more = buffer.remaining();
    if (length + more > text.length) {
      if (length + more > MAX_BYTES) {
        throw new IOException("is longer than a gigabyte");
      }
      text = Arrays.copyOf(text, Math.max(length + more, Math.min(2 * text.length, MAX_BYTES)));
    }
    buffer.get(text, length, more);
    length += more;
  }

  /** The bytes that were read, and more. */
  byte[] text() {
    return text;
  }

  /** How many of them were read. */
  int length() {
    return length;
  }
}
