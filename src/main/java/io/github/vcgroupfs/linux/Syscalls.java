package io.github.vcgroupfs.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The system calls that Java does not have, each returning 0 or more, or a negative errno. Loaded
 * on first use, since that takes time. Stateless.
 */
final class Syscalls {
  static final int EPERM = 1;
  static final int ESRCH = 3;
  static final int EBADF = 9;
  static final int ENOSYS = 38;

  /** The same on every machine: numbers from 424 on are common. */
  private static final long PIDFD_OPEN = 434;

  private static final long PIDFD_GETFD = 438;

  /** {@code include/uapi/linux/nsfs.h}. */
  private static final long NS_GET_PARENT = 0xb702;

  /** {@code include/uapi/asm-generic/fcntl.h}, the same on all machines we know. */
  private static final int O_CLOEXEC = 02000000;

  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;

  private static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private Syscalls() {}

  /** What is bound; public because the binding implements it from elsewhere. */
  public interface Calls {
    long syscall(long number, long first, long second, long third);

    int poll(@In @Out byte[] fds, long count, int timeoutMs);

    long write(int fd, @In byte[] bytes, long size);

    int open(@In byte[] path, int flags, int mode);

    int ioctl(int fd, long request, long argument);

    int close(int fd);
  }

  /** Opens a file for reading, close-on-exec. */
  static int open(String path) {
    return (int) result(CALLS.open(cString(path), O_CLOEXEC, 0));
  }

  /** The namespace that one lies in, close-on-exec. */
  static int parentNamespace(int fd) {
    return (int) result(CALLS.ioctl(fd, NS_GET_PARENT, 0));
  }

  /** A descriptor for a process, close-on-exec. */
  static int pidfdOpen(int pid) {
    return (int) result(CALLS.syscall(PIDFD_OPEN, pid, 0, 0));
  }

  /** A copy of a descriptor of that process, close-on-exec. */
  static int pidfdGetfd(int pidfd, int fd) {
    return (int) result(CALLS.syscall(PIDFD_GETFD, pidfd, Integer.toUnsignedLong(fd), 0));
  }

  /** Whether a read would not wait; of a pidfd: whether the process has exited. */
  static boolean isReadable(int fd) {
    return poll(fd, POLLIN);
  }

  /** Whether a write of 1 to an eventfd would not wait. */
  static boolean isWritable(int fd) {
    return poll(fd, POLLOUT);
  }

  private static boolean poll(int fd, short events) {
    ByteBuffer pollfd = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    pollfd.putInt(fd).putShort(events);
    int ready = CALLS.poll(pollfd.array(), 1, 0);
    return ready > 0 && (pollfd.getShort(6) & events) != 0;
  }

  /** Adds to an eventfd's counter. */
  static long add(int eventFd, long value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array();
    return result(CALLS.write(eventFd, bytes, bytes.length));
  }

  static int close(int fd) {
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
