package io.github.vcgroupfs.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the kernel knows of the terminal behind a descriptor: how it treats what is typed, and its
 * size. Settings are the bytes of the kernel's {@code struct termios} ({@code
 * include/uapi/asm-generic/termbits.h}), in this machine's byte order. Has no state.
 */
public final class TerminalCalls {
  /** Four words of flags, a byte for the line discipline, and 19 characters with a meaning. */
  public static final int SETTINGS_BYTES = 36;

  // include/uapi/asm-generic/ioctls.h, the same on all machines we know
  private static final long TCGETS = 0x5401;
  private static final long TCSETSW = 0x5403; // once what was written is out
  private static final long TIOCGWINSZ = 0x5413;

  private static final int WINSIZE_BYTES = 8;

  private TerminalCalls() {}

  /**
   * How many characters a terminal shows.
   *
   * @param columns 0 if nobody has told the terminal
   * @param rows likewise
   */
  public record Extent(int columns, int rows) {}

  /** The settings of the terminal, or nothing if the descriptor is not one. */
  public static Optional<byte[]> settings(int fd) {
    byte[] settings = new byte[SETTINGS_BYTES];
    return read(fd, TCGETS, settings) < 0 ? Optional.empty() : Optional.of(settings);
  }

  /** Changes the settings, once all that was written is out. Returns 0, or a negative errno. */
  public static int setSettings(int fd, byte[] settings) {
    try (NativeMemory at = NativeMemory.of(settings)) {
      return Libc.result(Libc.CALLS.ioctl(fd, TCSETSW, at.address()));
    }
  }

  /** The size of the terminal, or nothing if the descriptor is not one. */
  public static Optional<Extent> extent(int fd) {
    byte[] size = new byte[WINSIZE_BYTES];
    if (read(fd, TIOCGWINSZ, size) < 0) {
      return Optional.empty();
    }
    ByteBuffer shorts = ByteBuffer.wrap(size).order(ByteOrder.nativeOrder());
    int rows = Short.toUnsignedInt(shorts.getShort());
    int columns = Short.toUnsignedInt(shorts.getShort());
    return Optional.of(new Extent(columns, rows));
  }

  private static int read(int fd, long request, byte[] into) {
    try (NativeMemory at = NativeMemory.allocate(into.length)) {
      int result = Libc.result(Libc.CALLS.ioctl(fd, request, at.address()));
      byte[] bytes = at.bytes(into.length);
      System.arraycopy(bytes, 0, into, 0, bytes.length);
      return result;
    }
  }
}
