package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.result;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Calls of libc for a process that answers system calls of others. Memory is given by its address,
 * so that a call copies nothing and makes no object. Results are as in {@link Libc}. Has no state.
 */
public final class SeccompCalls {
  private static final int PR_SET_NO_NEW_PRIVS = 38; // include/uapi/linux/prctl.h
  private static final long ONE_PLACE = 1;
  private static final int F_ADD_SEALS = 1033; // include/uapi/linux/fcntl.h

  private static final NativeLibrary LIBC = Libc.CALLS.library();
  private static final NativeFunction POLL = LIBC.function("poll");
  private static final NativeFunction PRCTL = LIBC.function("prctl");
  private static final NativeFunction READ_MEMORY = LIBC.function("process_vm_readv");
  private static final NativeFunction WRITE_MEMORY = LIBC.function("process_vm_writev");
  private static final NativeFunction PREAD = LIBC.function("pread");
  private static final NativeFunction PWRITE = LIBC.function("pwrite");
  private static final NativeFunction MEMFD_CREATE = LIBC.function("memfd_create");
  private static final NativeFunction FCHMOD = LIBC.function("fchmod");

  private SeccompCalls() {}

  /** Memory outside the heap, zeroed, in this machine's byte order; freed when unreachable. */
  public static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Where such memory is. It stays there as long as somebody refers to the buffer. */
  public static long address(ByteBuffer memory) {
    return NativeMemory.address(memory);
  }

  /** As seccomp(2); ENOSYS on a machine whose number of it we do not know. */
  public static int seccomp(int operation, long flags, long memory) {
    long number = number(317, 277);
    return number < 0
        ? -Errno.ENOSYS.number()
        : result(Libc.CALLS.syscall(number, operation, flags, memory));
  }

  /** As ioctl(2). */
  public static int ioctl(int fd, long request, long memory) {
    return result(Libc.CALLS.ioctl(fd, request, memory));
  }

  /** As poll(2), with one {@code struct pollfd}; -1 ms is no time limit. */
  public static int poll(long pollfd, int timeoutMs) {
    int ready = (int) POLL.call(pollfd, 1, timeoutMs);
    return result(ready);
  }

  /** Gives up that a set-user-id program changes the user; for this thread and its children. */
  public static int setNoNewPrivs() {
    int status = (int) PRCTL.call(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return result(status);
  }

  /**
   * Reads memory of another process.
   *
   * @param local a {@code struct iovec} of ours
   * @param remote one of theirs
   * @return how many bytes were read, or a negative errno
   */
  public static int readMemory(int tid, long local, long remote) {
    return result(READ_MEMORY.call(tid, local, ONE_PLACE, remote, ONE_PLACE, 0));
  }

  /** Writes into memory of another process, as {@link #readMemory} reads. */
  public static int writeMemory(int tid, long local, long remote) {
    return result(WRITE_MEMORY.call(tid, local, ONE_PLACE, remote, ONE_PLACE, 0));
  }

  /** As pread(2). */
  public static int pread(int fd, long memory, int size, long offset) {
    return result(PREAD.call(fd, memory, size, offset));
  }

  /** As pwrite(2). */
  public static int pwrite(int fd, long memory, int size, long offset) {
    return result(PWRITE.call(fd, memory, size, offset));
  }

  /** As open(2). */
  public static int open(String path, int flags) {
    return result(Libc.CALLS.open(Libc.bytes(path), flags, 0));
  }

  /** As memfd_create(2). */
  public static int memfdCreate(String name, int flags) {
    try (NativeMemory at = NativeMemory.text(name)) {
      int fd = (int) MEMFD_CREATE.call(at.address(), flags);
      return result(fd);
    }
  }

  public static int fchmod(int fd, int mode) {
    int status = (int) FCHMOD.call(fd, mode);
    return result(status);
  }

  /** Forbids changes of a memfd for ever. */
  public static int addSeals(int fd, int seals) {
    return result(Libc.CALLS.fcntl(fd, F_ADD_SEALS, seals));
  }

  private static long number(long x86, long arm) {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> x86;
      case "aarch64" -> arm;
      default -> -1;
    };
  }
}
