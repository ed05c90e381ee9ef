package io.github.vcgroupfs.kernel;

import java.util.Optional;

/**
 * The error numbers of Linux that are used here, with the text that {@code strerror} gives them. A
 * cgroup file system, a {@code sim.*} file, or a call to the kernel that we run on can return them.
 *
 * <p>The numbers are the generic ones of Linux ({@code asm-generic/errno-base.h}, {@code errno.h}),
 * whatever machine this runs on. Immutable.
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  ESRCH(3, "No such process"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  E2BIG(7, "Argument list too long"),
  ENOEXEC(8, "Exec format error"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  EXDEV(18, "Invalid cross-device link"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENFILE(23, "Too many open files in system"),
  EMFILE(24, "Too many open files"),
  ETXTBSY(26, "Text file busy"),
  EFBIG(27, "File too large"),
  ENOSPC(28, "No space left on device"),
  EROFS(30, "Read-only file system"),
  ERANGE(34, "Numerical result out of range"),
  ENAMETOOLONG(36, "File name too long"),
  ENOSYS(38, "Function not implemented"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "Too many levels of symbolic links"),
  ENODATA(61, "No data available"),
  EOVERFLOW(75, "Value too large for defined data type"),
  ENOPROTOOPT(92, "Protocol not available"),
  EOPNOTSUPP(95, "Operation not supported"),
  EADDRINUSE(98, "Address already in use"),
  EADDRNOTAVAIL(99, "Cannot assign requested address"),
  ECONNABORTED(103, "Software caused connection abort"),
  ENOTCONN(107, "Transport endpoint is not connected"),
  EHOSTUNREACH(113, "No route to host");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The number that Linux uses, positive. */
  public int number() {
    return number;
  }

  /** The text of {@code strerror(3)}. */
  public String text() {
    return text;
  }

  /**
   * Whether a call failed with this error.
   *
   * @param result 0 or more, or a negative errno, as system calls return it
   */
  public boolean is(int result) {
    return result == -number;
  }

  /** The error with this number, if it is one of these. */
  public static Optional<Errno> ofNumber(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return Optional.of(errno);
      }
    }
    return Optional.empty();
  }
}
