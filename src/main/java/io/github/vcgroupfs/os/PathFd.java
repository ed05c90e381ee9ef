package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.CALLS;
import static io.github.vcgroupfs.os.Libc.result;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that is opened only to be named ({@code O_PATH}): one step of a path. It can be looked at,
 * and be the beginning of the next step, and nothing waits in it. Names have one char for each
 * byte. Not thread-safe; {@link #close} gives the descriptor back.
 */
public final class PathFd implements AutoCloseable {
  // include/uapi/linux/magic.h
  public static final long CGROUP_SUPER_MAGIC = 0x27e0eb;
  public static final long PROC_SUPER_MAGIC = 0x9fa0;

  /** Relative to where a process works: {@code include/uapi/linux/fcntl.h}. */
  public static final int AT_FDCWD = -100;

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;

  // include/uapi/asm-generic/fcntl.h; O_NOFOLLOW differs on some machines
  private static final int O_PATH = 010000000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_NOFOLLOW =
      System.getProperty("os.arch").equals("aarch64") ? 0100000 : 0400000;

  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_MNT_ID = 0x1000;
  private static final int STATX_BYTES = 256;

  private static final int STATFS_BYTES = 120;
  private static final int MAX_PATH = 4096;
  private static final int READ_BYTES = 65_536;

  private final int fd;

  private PathFd(int fd) {
    this.fd = fd;
  }

  /**
   * What kind of file it is, and which.
   *
   * @param mode type and permission bits
   * @param ino its number in its file system
   * @param device {@code major:minor} of its file system
   * @param mount the number of the mount that it was reached by; 0 before Linux 5.8
   */
  public record Identity(int mode, long ino, String device, long mount) {
    private static final int S_IFMT = 0170000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFDIR = 0040000;

    /** Whether it is a symbolic link. */
    public boolean isLink() {
      return (mode & S_IFMT) == S_IFLNK;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
      return (mode & S_IFMT) == S_IFDIR;
    }
  }

  /** Opens a path of ours; null if that is impossible. Links are followed. */
  public static @Nullable PathFd open(String path) {
    return opened(CALLS.openat(AT_FDCWD, Libc.bytes(path), O_PATH | O_CLOEXEC, 0));
  }

  /** Opens a name in this directory; a link itself, not what it points at. Null: impossible. */
  public @Nullable PathFd step(String name) {
    return opened(CALLS.openat(fd, Libc.bytes(name), O_PATH | O_NOFOLLOW | O_CLOEXEC, 0));
  }

  /** Opens what a name in this directory leads to. Null: impossible. */
  public @Nullable PathFd follow(String name) {
    return opened(CALLS.openat(fd, Libc.bytes(name), O_PATH | O_CLOEXEC, 0));
  }

  private static @Nullable PathFd opened(int returned) {
    return returned < 0 ? null : new PathFd(returned);
  }

  /** The number of the descriptor, which stays this object's. */
  public int fd() {
    return fd;
  }

  /** What the file is; null if it cannot be told. */
  public @Nullable Identity identity() {
    return identity(fd);
  }

  /** The same of any descriptor. */
  static @Nullable Identity identity(int fd) {
    byte[] buffer = new byte[STATX_BYTES];
    int flags = AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW;
    int mask = STATX_BASIC_STATS | STATX_MNT_ID;
    if (result(CALLS.statx(fd, Libc.bytes(""), flags, mask, buffer)) < 0) {
      return null;
    }
    ByteBuffer statx = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
    boolean mounts = (statx.getInt(0) & STATX_MNT_ID) != 0;
    // struct statx: include/uapi/linux/stat.h
    return new Identity(
        statx.getShort(28) & 0xffff,
        statx.getLong(32),
        statx.getInt(136) + ":" + statx.getInt(140),
        mounts ? statx.getLong(144) : 0);
  }

  /** Where a symbolic link points; null if it is none. */
  public @Nullable String link() {
    byte[] buffer = new byte[MAX_PATH];
    int length = result(CALLS.readlinkat(fd, Libc.bytes(""), buffer, buffer.length));
    return length < 0 ? null : new String(buffer, 0, length, ISO_8859_1);
  }

  /** {@code struct statfs} of a 64-bit machine for the file's file system; null: impossible. */
  public byte @Nullable [] statfs() {
    byte[] buffer = new byte[2 * STATFS_BYTES];
    return result(CALLS.fstatfs(fd, buffer)) < 0 ? null : Arrays.copyOf(buffer, STATFS_BYTES);
  }

  /** Whether it is in a {@code /proc}, ours or another. */
  public boolean isInProc() {
    byte[] statfs = statfs();
    return statfs != null
        && ByteBuffer.wrap(statfs).order(ByteOrder.nativeOrder()).getLong(0) == PROC_SUPER_MAGIC;
  }

  /** All bytes of a file in this directory, one char each; null if it cannot be read. */
  public @Nullable String read(String name) {
    int file = CALLS.openat(fd, Libc.bytes(name), O_CLOEXEC, 0);
    if (file < 0) {
      return null;
    }
    try {
      StringBuilder text = new StringBuilder();
      byte[] buffer = new byte[READ_BYTES];
      int length = result(CALLS.read(file, buffer, buffer.length));
      while (length > 0) {
        text.append(new String(buffer, 0, length, ISO_8859_1));
        length = result(CALLS.read(file, buffer, buffer.length));
      }
      return length < 0 ? null : text.toString();
    } finally {
      Libc.close(file);
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
