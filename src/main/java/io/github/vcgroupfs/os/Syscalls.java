package io.github.vcgroupfs.os;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that Java does not have, each returning 0 or more, or a negative errno. Loaded
 * on first use, since that takes time. Stateless.
 */
public final class Syscalls {
  public static final int EPERM = 1;
  public static final int ESRCH = 3;
  public static final int EBADF = 9;
  public static final int EBUSY = 16;
  public static final int ENOSYS = 38;

  /** The same on every machine: numbers from 424 on are common. */
  private static final long FSOPEN = 430;

  private static final long FSCONFIG = 431;
  private static final long FSMOUNT = 432;
  private static final long PIDFD_OPEN = 434;

  private static final long PIDFD_GETFD = 438;

  // include/uapi/linux/mount.h
  private static final int FS_CLOEXEC = 1; // of fsopen and of fsmount
  private static final int FSCONFIG_SET_FLAG = 0;
  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;

  /** {@code include/uapi/linux/nsfs.h}. */
  private static final long NS_GET_PARENT = 0xb702;

  /** {@code include/uapi/asm-generic/fcntl.h}, the same on all machines we know. */
  private static final int O_CLOEXEC = 02000000;

  private static final int O_WRONLY = 1;

  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;

  private static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private Syscalls() {}

  /** What is bound; public because the binding implements it from elsewhere. */
  public interface Calls {
    long syscall(long number, long first, long second, long third);

    long syscall(long number, @In byte[] text, long flags);

    long syscall(
        long number,
        long fd,
        long command,
        @In byte @Nullable [] key,
        @In byte @Nullable [] value,
        long auxiliary);

    int poll(@In @Out byte[] fds, long count, int timeoutMs);

    long write(int fd, @In byte[] bytes, long size);

    int open(@In byte[] path, int flags, int mode);

    int mkdir(@In byte[] path, int mode);

    int rmdir(@In byte[] path);

    int ioctl(int fd, long request, long argument);

    int close(int fd);
  }

  /** A context for a new mount of a file system, close-on-exec. */
  public static int fsopen(String fileSystem) {
    return (int) result(CALLS.syscall(FSOPEN, cString(fileSystem), FS_CLOEXEC));
  }

  /** Sets an option without a value. */
  public static int setFlag(int context, String key) {
    return fsconfig(context, FSCONFIG_SET_FLAG, cString(key), null);
  }

  /** Sets an option. */
  public static int setString(int context, String key, String value) {
    return fsconfig(context, FSCONFIG_SET_STRING, cString(key), cString(value));
  }

  /** Finds or makes the file system that was described. */
  public static int create(int context) {
    return fsconfig(context, FSCONFIG_CMD_CREATE, null, null);
  }

  private static int fsconfig(
      int context, int command, byte @Nullable [] key, byte @Nullable [] value) {
    return (int) result(CALLS.syscall(FSCONFIG, context, command, key, value, 0));
  }

  /** Mounts it in no place: a directory, close-on-exec, and the mount goes with it. */
  public static int fsmount(int context) {
    return (int) result(CALLS.syscall(FSMOUNT, context, FS_CLOEXEC, 0));
  }

  public static int mkdir(String path) {
    return (int) result(CALLS.mkdir(cString(path), 0755));
  }

  public static int rmdir(String path) {
    return (int) result(CALLS.rmdir(cString(path)));
  }

  /** Opens a file for reading, close-on-exec. */
  static int open(String path) {
    return (int) result(CALLS.open(cString(path), O_CLOEXEC, 0));
  }

  /** Opens a file, writes that text in one piece, and closes it; the errno of what failed. */
  public static int write(String path, String text) {
    int fd = (int) result(CALLS.open(cString(path), O_CLOEXEC | O_WRONLY, 0));
    if (fd < 0) {
      return fd;
    }
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int written = (int) result(CALLS.write(fd, bytes, bytes.length));
    close(fd);
    return written;
  }

  /** The namespace that one lies in, close-on-exec. */
  static int parentNamespace(int fd) {
    return (int) result(CALLS.ioctl(fd, NS_GET_PARENT, 0));
  }

  /** A descriptor for a process, close-on-exec. */
  public static int pidfdOpen(int pid) {
    return (int) result(CALLS.syscall(PIDFD_OPEN, pid, 0, 0));
  }

  /** A copy of a descriptor of that process, close-on-exec. */
  public static int pidfdGetfd(int pidfd, int fd) {
    return (int) result(CALLS.syscall(PIDFD_GETFD, pidfd, Integer.toUnsignedLong(fd), 0));
  }

  /** Whether a read would not wait; of a pidfd: whether the process has exited. */
  public static boolean isReadable(int fd) {
    return poll(fd, POLLIN);
  }

  /** Whether a write of 1 to an eventfd would not wait. */
  public static boolean isWritable(int fd) {
    return poll(fd, POLLOUT);
  }

  private static boolean poll(int fd, short events) {
    ByteBuffer pollfd = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    pollfd.putInt(fd).putShort(events);
    int ready = CALLS.poll(pollfd.array(), 1, 0);
    return ready > 0 && (pollfd.getShort(6) & events) != 0;
  }

  /** Adds to an eventfd's counter. */
  public static long add(int eventFd, long value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array();
    return result(CALLS.write(eventFd, bytes, bytes.length));
  }

  public static int close(int fd) {
    return (int) result(CALLS.close(fd));
  }

  /** Of an ASCII text. */
  private static byte[] cString(String text) {
    return (text + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static long result(long returned) {
    return returned >= 0 ? returned : -LastError.getLastError(Runtime.getSystemRuntime());
  }
}
