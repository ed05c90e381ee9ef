package io.github.vcgroupfs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * System calls as C sees them: 0 or more, or a negative errno. Names may hold any bytes: a string
 * has one char a byte; paths are taken as Java encodes them. Linux on x86-64 and aarch64.
 */
public final class Syscalls {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0100;
  public static final int O_EXCL = 0200;
  public static final int O_TRUNC = 01000;
  public static final int O_APPEND = 02000;
  public static final int O_NONBLOCK = 04000;
  public static final int O_DIRECT =
      "aarch64".equals(System.getProperty("os.arch")) ? 0200000 : 040000;
  public static final int AT_FDCWD = -100;
  public static final int UTIME_NOW = 0x3fffffff;
  public static final int UTIME_OMIT = 0x3ffffffe;
  public static final int S_IFIFO = 0010000;
  public static final int S_IFREG = 0100000;
  public static final int S_IFDIR = 0040000;
  public static final int S_IFMT = 0170000;
  public static final int DT_DIR = 4;
  public static final int DT_REG = 8;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_BYTES = 256;
  private static final int GETDENTS_BYTES = 32768;

  private static final Libc LIBC = LibraryLoader.create(Libc.class).failImmediately().load("c");
  private static final String JNU = System.getProperty("sun.jnu.encoding");
  private static final Runtime RUNTIME = Runtime.getSystemRuntime();

  private Syscalls() {}

  /** What is bound; public for the binding. */
  public interface Libc {
    int access(byte[] path, int mode);

    int open(@In byte[] path, int flags, int mode);

    int close(int fd);

    long read(int fd, @Out byte[] to, long size);

    long pread(int fd, @Out byte[] to, long size, long offset);

    long write(int fd, @In byte[] from, long size);

    long pwrite(int fd, @In byte[] from, long size, long offset);

    long lseek(int fd, long offset, int whence);

    int fsync(int fd);

    int fallocate(int fd, int mode, long offset, long size);

    int posix_fallocate(int fd, long offset, long size);

    long writev(int fd, Pointer segments, int count);

    int openat(int fd, @In byte[] path, int flags, int mode);

    int mkdirat(int fd, @In byte[] path, int mode);

    int eventfd(int value, int flags);

    int truncate(@In byte[] path, long size);

    int ftruncate(int fd, long size);

    int mkdir(@In byte[] path, int mode);

    int rmdir(@In byte[] path);

    int rename(@In byte[] from, @In byte[] to);

    int renameat2(int fromFd, @In byte[] from, int toFd, @In byte[] to, int flags);

    int unlink(@In byte[] path);

    int symlink(@In byte[] target, @In byte[] path);

    int link(@In byte[] from, @In byte[] to);

    int mknod(@In byte[] path, int mode, long device);

    int chmod(@In byte[] path, int mode);

    int chown(@In byte[] path, int uid, int gid);

    int statx(int fd, @In byte[] path, int flags, int mask, Pointer status);

    int utimensat(int fd, @In byte[] path, Pointer times, int flags);

    int setxattr(@In byte[] path, @In byte[] name, @In byte[] value, long size, int flags);

    long getxattr(@In byte[] path, @In byte[] name, @Out byte[] value, long size);

    long listxattr(@In byte[] path, @Out byte[] list, long size);

    int removexattr(@In byte[] path, @In byte[] name);

    Pointer opendir(@In byte[] path);

    Pointer readdir(Pointer directory);

    int closedir(Pointer directory);

    long getdents64(int fd, @Out byte[] entries, long size);

    int poll(Pointer descriptors, long count, int timeoutMs);

    int mount(@In byte[] source, @In byte[] target, @In byte[] type, long flags, Pointer data);

    int umount2(@In byte[] path, int flags);
  }

  /** A name in a directory, as getdents(2) gives it. */
  public record Entry(String name, long ino, int type) {}

  /**
   * What lstat(2) shows.
   *
   * @param mode type and permission bits, or a negative errno
   * @param nlink links
   * @param sizeBytes st_size
   * @param uid owner
   * @param gid group
   */
  public record Status(int mode, int nlink, long sizeBytes, int uid, int gid) {}

  public static int open(Path path, int flags) {
    return open(bytes(path), flags);
  }

  public static int open(String path, int flags) {
    return result(LIBC.open(chars(path), flags, 0644));
  }

  public static int close(int fd) {
    return result(LIBC.close(fd));
  }

  /** Reads once, so many bytes at most. */
  public static byte[] read(int fd, int size) {
    byte[] to = new byte[size];
    return Arrays.copyOf(to, required(LIBC.read(fd, to, size)));
  }

  /** Reads once; the count or a negative errno. */
  public static int tryRead(int fd, int size) {
    return result(LIBC.read(fd, new byte[size], size));
  }

  /** Reads at the file's position; the count or a negative errno. */
  public static int read(int fd, byte[] to) {
    return result(LIBC.read(fd, to, to.length));
  }

  public static byte[] pread(int fd, int size, long offset) {
    byte[] to = new byte[size];
    return Arrays.copyOf(to, required(LIBC.pread(fd, to, size, offset)));
  }

  /** Reads at an offset; the count or a negative errno. */
  public static int pread(int fd, byte[] to, long offset) {
    return result(LIBC.pread(fd, to, to.length, offset));
  }

  /** 0 if there is such a name, else a negative errno. */
  public static int exists(String path) {
    return result(LIBC.access(chars(path), 0));
  }

  public static int write(int fd, String text) {
    byte[] from = text.getBytes(ISO_8859_1);
    return result(LIBC.write(fd, from, from.length));
  }

  public static int pwrite(int fd, String text, long offset) {
    byte[] from = text.getBytes(ISO_8859_1);
    return result(LIBC.pwrite(fd, from, from.length, offset));
  }

  /** One write of several segments; the count or a negative errno. */
  public static int writev(int fd, List<String> segments) {
    Pointer[] buffers = new Pointer[segments.size()]; // held until the call is over
    Pointer table = Memory.allocateDirect(RUNTIME, 16 * segments.size());
    for (int i = 0; i < buffers.length; i++) {
      byte[] from = segments.get(i).getBytes(ISO_8859_1);
      buffers[i] = Memory.allocateDirect(RUNTIME, Math.max(1, from.length));
      buffers[i].put(0, from, 0, from.length);
      table.putPointer(16L * i, buffers[i]);
      table.putLong(16L * i + 8, from.length);
    }
    return result(LIBC.writev(fd, table, buffers.length));
  }

  /** open, one write and close; the count or the negative errno of the first that failed. */
  public static int writeOnce(Path path, String text) {
    int fd = open(path, O_WRONLY);
    if (fd < 0) {
      return fd;
    }
    int written = write(fd, text);
    close(fd);
    return written;
  }

  public static long lseek(int fd, long offset, int whence) {
    return result(LIBC.lseek(fd, offset, whence));
  }

  public static int fsync(int fd) {
    return result(LIBC.fsync(fd));
  }

  public static int fallocate(int fd, long size) {
    return result(LIBC.fallocate(fd, 0, 0, size));
  }

  /** glibc's own: where the file system cannot, it writes a byte a block. 0 or a negative errno. */
  public static int posixFallocate(int fd, long size) {
    return -LIBC.posix_fallocate(fd, 0, size);
  }

  /** A new eventfd that does not block. */
  public static int eventfd() {
    return required(LIBC.eventfd(0, O_NONBLOCK));
  }

  public static int truncate(Path path, long size) {
    return truncate(bytes(path), size);
  }

  public static int truncate(String path, long size) {
    return result(LIBC.truncate(chars(path), size));
  }

  public static int ftruncate(int fd, long size) {
    return result(LIBC.ftruncate(fd, size));
  }

  /** Opens for reading by name in an open directory. */
  public static int openat(int directory, String name) {
    return result(LIBC.openat(directory, chars(name), O_RDONLY, 0));
  }

  public static int mkdirat(int directory, String name) {
    return result(LIBC.mkdirat(directory, chars(name), 0777));
  }

  public static int mkdir(Path path) {
    return mkdir(bytes(path));
  }

  public static int mkdir(String path) {
    return result(LIBC.mkdir(chars(path), 0777));
  }

  public static int rmdir(Path path) {
    return rmdir(bytes(path));
  }

  public static int rmdir(String path) {
    return result(LIBC.rmdir(chars(path)));
  }

  public static int rename(Path from, Path to) {
    return rename(bytes(from), bytes(to));
  }

  public static int rename(String from, String to) {
    return result(LIBC.rename(chars(from), chars(to)));
  }

  public static int renameWithFlags(Path from, Path to, int flags) {
    return renameWithFlags(bytes(from), bytes(to), flags);
  }

  public static int renameWithFlags(String from, String to, int flags) {
    return result(LIBC.renameat2(AT_FDCWD, chars(from), AT_FDCWD, chars(to), flags));
  }

  public static int unlink(Path path) {
    return unlink(bytes(path));
  }

  public static int unlink(String path) {
    return result(LIBC.unlink(chars(path)));
  }

  public static int symlink(String target, Path path) {
    return symlink(target, bytes(path));
  }

  public static int symlink(String target, String path) {
    return result(LIBC.symlink(chars(target), chars(path)));
  }

  public static int link(Path from, Path to) {
    return link(bytes(from), bytes(to));
  }

  public static int link(String from, String to) {
    return result(LIBC.link(chars(from), chars(to)));
  }

  public static int mknod(Path path, int mode) {
    return mknod(bytes(path), mode);
  }

  public static int mknod(String path, int mode) {
    return result(LIBC.mknod(chars(path), mode, 0));
  }

  public static int chmod(Path path, int mode) {
    return chmod(bytes(path), mode);
  }

  public static int chmod(String path, int mode) {
    return result(LIBC.chmod(chars(path), mode));
  }

  public static int chown(Path path, int uid, int gid) {
    return chown(bytes(path), uid, gid);
  }

  public static int chown(String path, int uid, int gid) {
    return result(LIBC.chown(chars(path), uid, gid));
  }

  /** lstat(2), or its negative errno as the mode. */
  public static Status stat(String path) {
    Pointer status = Memory.allocateDirect(RUNTIME, STATX_BYTES);
    int error =
        result(LIBC.statx(AT_FDCWD, chars(path), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, status));
    return error < 0
        ? new Status(error, 0, 0, 0, 0)
        : new Status( // struct statx, the same on every machine
            Short.toUnsignedInt(status.getShort(28)),
            status.getInt(16),
            status.getLong(40),
            status.getInt(20),
            status.getInt(24));
  }

  /** Seconds and nanoseconds of both times. */
  public static int utimens(Path path, long asec, long ansec, long msec, long mnsec) {
    return utimens(bytes(path), asec, ansec, msec, mnsec);
  }

  /** Seconds and nanoseconds of both times. */
  public static int utimens(String path, long asec, long ansec, long msec, long mnsec) {
    Pointer times = Memory.allocateDirect(RUNTIME, 32);
    times.put(0, new long[] {asec, ansec, msec, mnsec}, 0, 4);
    return result(LIBC.utimensat(AT_FDCWD, chars(path), times, 0));
  }

  public static int setxattr(Path path, String name, String value, int flags) {
    return setxattr(bytes(path), name, value, flags);
  }

  public static int setxattr(String path, String name, String value, int flags) {
    byte[] bytes = value.getBytes(ISO_8859_1);
    return result(LIBC.setxattr(chars(path), chars(name), bytes, bytes.length, flags));
  }

  public static int getxattr(Path path, String name, byte[] to) {
    return getxattr(bytes(path), name, to);
  }

  public static int getxattr(String path, String name, byte[] to) {
    return result(LIBC.getxattr(chars(path), chars(name), to, to.length));
  }

  public static int listxattr(Path path, byte[] to) {
    return result(LIBC.listxattr(chars(bytes(path)), to, to.length));
  }

  public static int removexattr(Path path, String name) {
    return result(LIBC.removexattr(chars(bytes(path)), chars(name)));
  }

  /** What is in a directory, in the order it comes. */
  public static List<Entry> list(Path path) {
    return list(bytes(path));
  }

  /** What is in a directory, in the order it comes. */
  public static List<Entry> list(String path) {
    Pointer directory = LIBC.opendir(chars(path));
    if (directory == null) {
      throw new AssertionError("opendir: errno " + LastError.getLastError(RUNTIME));
    }
    return entries(directory);
  }

  /** The same; none where the directory cannot be opened. */
  public static List<Entry> tryList(String path) {
    Pointer directory = LIBC.opendir(chars(path));
    return directory == null ? List.of() : entries(directory);
  }

  private static List<Entry> entries(Pointer directory) {
    List<Entry> entries = new ArrayList<>();
    for (Pointer at = LIBC.readdir(directory); at != null; at = LIBC.readdir(directory)) {
      // struct dirent: ino 8 bytes, offset 8, length 2, type 1, name
      int length = at.indexOf(19, (byte) 0);
      byte[] name = new byte[length];
      at.get(19, name, 0, length);
      entries.add(
          new Entry(
              new String(name, ISO_8859_1), at.getLong(0), Byte.toUnsignedInt(at.getByte(18))));
    }
    LIBC.closedir(directory);
    return entries;
  }

  /** Reads some entries of an open directory; how many bytes, or a negative errno. */
  public static int getdents(int fd) {
    return result(LIBC.getdents64(fd, new byte[GETDENTS_BYTES], GETDENTS_BYTES));
  }

  /** Which of those events are there now. */
  public static int poll(int fd, int events) {
    Pointer descriptor = Memory.allocateDirect(RUNTIME, 8);
    descriptor.putInt(0, fd);
    descriptor.putShort(4, (short) events);
    descriptor.putShort(6, (short) 0);
    required(LIBC.poll(descriptor, 1, 0));
    return descriptor.getShort(6);
  }

  /** Moves a mount. */
  public static int moveMount(Path from, Path to) {
    long move = 8192; // MS_MOVE
    return result(LIBC.mount(chars(bytes(from)), chars(bytes(to)), chars(""), move, null));
  }

  /** Binds a directory. */
  public static int bindMount(Path from, Path to) {
    long bind = 4096; // MS_BIND
    return result(LIBC.mount(chars(bytes(from)), chars(bytes(to)), chars(""), bind, null));
  }

  public static int umount(Path path) {
    return result(LIBC.umount2(chars(bytes(path)), 0));
  }

  /** The bytes of a path as Java passes them to the kernel, one char each. */
  public static String bytes(Path path) {
    return new String(path.toString().getBytes(java.nio.charset.Charset.forName(JNU)), ISO_8859_1);
  }

  private static byte[] chars(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static int result(long returned) {
    return returned >= 0 ? (int) returned : -LastError.getLastError(RUNTIME);
  }

  private static int required(long returned) {
    if (returned < 0) {
      throw new AssertionError("errno " + LastError.getLastError(RUNTIME));
    }
    return (int) returned;
  }
}
