package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.result;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import org.jspecify.annotations.Nullable;

/**
 * Calls of libc for a process that answers system calls of others. Memory is given by its address,
 * so that a call copies nothing and makes no object. Results are as in {@link Libc}. Has no state.
 */
public final class SeccompCalls {
  private static final int PR_SET_NO_NEW_PRIVS = 38; // include/uapi/linux/prctl.h
  private static final long ONE_PLACE = 1;
  private static final int F_ADD_SEALS = 1033; // include/uapi/linux/fcntl.h

  /** Bound apart from {@link Libc#CALLS}: most processes of ours need none of these. */
  static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private SeccompCalls() {}

  /**
   * The C functions that are bound. Public because the binding implements it.
   *
   * <p>The machine code that jnr-ffi makes for a function with six numbers passes a wrong sixth one
   * on x86-64. It makes none if one of them is a pointer; so one that is always 0 is a null here.
   */
  public interface Calls {
    long syscall(long number, long first, long second, long third);

    int ioctl(int fd, long request, long memory);

    int poll(long pollfds, long count, int timeoutMs);

    int prctl(int option, long first, long second, long third, long fourth);

    long process_vm_readv(
        int pid,
        long local,
        long localCount,
        long remote,
        long remoteCount,
        @Nullable Pointer flags);

    long process_vm_writev(
        int pid,
        long local,
        long localCount,
        long remote,
        long remoteCount,
        @Nullable Pointer flags);

    long pread(int fd, long memory, long size, long offset);

    long pwrite(int fd, long memory, long size, long offset);

    int open(@In byte[] path, int flags, int mode);

    int memfd_create(@In byte[] name, int flags);

    int fchmod(int fd, int mode);

    int posix_spawnattr_init(long attributes);

    int posix_spawnattr_setflags(long attributes, short flags);

    int posix_spawnattr_setsigmask(long attributes, long signals);

    int posix_spawnattr_setsigdefault(long attributes, long signals);

    int posix_spawnp(
        long pid,
        long file,
        @Nullable Pointer actions,
        long attributes,
        long arguments,
        long environment);

    int waitid(int type, int id, long info, int options);

    int waitpid(int pid, long status, int options);
  }

  /** Memory outside the heap, zeroed, in this machine's byte order; freed when unreachable. */
  public static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Where such memory is. It stays there as long as somebody refers to the buffer. */
  public static long address(ByteBuffer memory) {
    return Pointer.wrap(Runtime.getSystemRuntime(), memory).address();
  }

  /** As seccomp(2); ENOSYS on a machine whose number of it we do not know. */
  public static int seccomp(int operation, long flags, long memory) {
    long number = number(317, 277);
    return number < 0
        ? -Errno.ENOSYS.number()
        : result(CALLS.syscall(number, operation, flags, memory));
  }

  /** As ioctl(2). */
  public static int ioctl(int fd, long request, long memory) {
    return result(CALLS.ioctl(fd, request, memory));
  }

  /** As poll(2), with one {@code struct pollfd}; -1 ms is no time limit. */
  public static int poll(long pollfd, int timeoutMs) {
    return result(CALLS.poll(pollfd, 1, timeoutMs));
  }

  /** Gives up that a set-user-id program changes the user; for this thread and its children. */
  public static int setNoNewPrivs() {
    return result(CALLS.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  }

  /**
   * Reads memory of another process.
   *
   * @param local a {@code struct iovec} of ours
   * @param remote one of theirs
   * @return how many bytes were read, or a negative errno
   */
  public static int readMemory(int tid, long local, long remote) {
    return result(CALLS.process_vm_readv(tid, local, ONE_PLACE, remote, ONE_PLACE, null));
  }

  /** Writes into memory of another process, as {@link #readMemory} reads. */
  public static int writeMemory(int tid, long local, long remote) {
    return result(CALLS.process_vm_writev(tid, local, ONE_PLACE, remote, ONE_PLACE, null));
  }

  /** As pread(2). */
  public static int pread(int fd, long memory, int size, long offset) {
    return result(CALLS.pread(fd, memory, size, offset));
  }

  /** As pwrite(2). */
  public static int pwrite(int fd, long memory, int size, long offset) {
    return result(CALLS.pwrite(fd, memory, size, offset));
  }

  /** As open(2). */
  public static int open(String path, int flags) {
    return result(CALLS.open(Libc.bytes(path), flags, 0));
  }

  /** As memfd_create(2). */
  public static int memfdCreate(String name, int flags) {
    return result(CALLS.memfd_create(Libc.bytes(name), flags));
  }

  public static int fchmod(int fd, int mode) {
    return result(CALLS.fchmod(fd, mode));
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
