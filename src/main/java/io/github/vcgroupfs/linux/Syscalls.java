package io.github.vcgroupfs.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;

  private static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private Syscalls() {}

  /** What is bound; public because the binding implements it from elsewhere. */
  public interface Calls {
    long syscall(long number, long first, long second, long third);

    int poll(@In @Out byte[] fds, long count, int timeoutMs);

    long write(int fd, @In byte[] bytes, long size);

    int close(int fd);
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

  private static long result(long returned) {
    return returned >= 0 ? returned : -LastError.getLastError(Runtime.getSystemRuntime());
  }
}
