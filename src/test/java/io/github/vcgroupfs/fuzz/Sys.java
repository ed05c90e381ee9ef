package io.github.vcgroupfs.fuzz;

import java.util.Locale;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * System calls by their numbers: those of x86-64 ({@code arch/x86/entry/syscalls/syscall_64.tbl})
 * and of aarch64 ({@code include/uapi/asm-generic/unistd.h}). Raw ones, because those that change
 * the user are a thread's own, where glibc's change all threads of the process.
 */
enum Sys {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  LSEEK(8, 62),
  MMAP(9, 222),
  MUNMAP(11, 215),
  IOCTL(16, 29),
  PREAD64(17, 67),
  PWRITE64(18, 68),
  READV(19, 65),
  WRITEV(20, 66),
  SENDFILE(40, 71),
  FCNTL(72, 25),
  FLOCK(73, 32),
  FSYNC(74, 82),
  FDATASYNC(75, 83),
  TRUNCATE(76, 45),
  FTRUNCATE(77, 46),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  SETGROUPS(116, 159),
  SETRESUID(117, 147),
  SETRESGID(119, 149),
  STATFS(137, 43),
  FSTATFS(138, 44),
  READAHEAD(187, 213),
  SETXATTR(188, 5),
  LSETXATTR(189, 6),
  FSETXATTR(190, 7),
  GETXATTR(191, 8),
  LGETXATTR(192, 9),
  FGETXATTR(193, 10),
  LISTXATTR(194, 11),
  LLISTXATTR(195, 12),
  FLISTXATTR(196, 13),
  REMOVEXATTR(197, 14),
  LREMOVEXATTR(198, 15),
  FREMOVEXATTR(199, 16),
  GETDENTS64(217, 61),
  FADVISE64(221, 223),
  INOTIFY_ADD_WATCH(254, 27),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  FCHOWNAT(260, 54),
  NEWFSTATAT(262, 79),
  UNLINKAT(263, 35),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  READLINKAT(267, 78),
  FCHMODAT(268, 53),
  PPOLL(271, 73),
  SPLICE(275, 76),
  SYNC_FILE_RANGE(277, 84),
  UTIMENSAT(280, 88),
  FALLOCATE(285, 47),
  EVENTFD2(290, 19),
  PIPE2(293, 59),
  INOTIFY_INIT1(294, 26),
  PREADV2(327, 286),
  PWRITEV2(328, 287),
  SYNCFS(306, 267),
  RENAMEAT2(316, 276),
  COPY_FILE_RANGE(326, 285),
  STATX(332, 291),
  FACCESSAT2(439, 439);

  private static final Runtime RUNTIME = Runtime.getSystemRuntime();
  private static final Libc LIBC = LibraryLoader.create(Libc.class).failImmediately().load("c");

  private final long number;

  Sys(int x86, int arm) {
    number = isArm() ? arm : x86;
  }

  private static boolean isArm() {
    return "aarch64".equals(System.getProperty("os.arch"));
  }

  /** What is bound; public for the binding. All arguments are whole registers. */
  public interface Libc {
    long syscall(long number, long a, long b, long c, long d, long e, long f);
  }

  /** The name for keys: calls that differ for symbolic links alone are one. */
  String family() {
    return switch (this) {
      case LSETXATTR -> SETXATTR.word();
      case LGETXATTR -> GETXATTR.word();
      case LLISTXATTR -> LISTXATTR.word();
      case LREMOVEXATTR -> REMOVEXATTR.word();
      default -> word();
    };
  }

  /** The name of the manual. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes the call.
   *
   * @param arguments six at most; those that are missing are 0
   * @return 0 or more, or a negative errno
   */
  long call(long... arguments) {
    long returned =
        LIBC.syscall(
            number,
            at(arguments, 0),
            at(arguments, 1),
            at(arguments, 2),
            at(arguments, 3),
            at(arguments, 4),
            at(arguments, 5));
    return returned == -1 ? -LastError.getLastError(RUNTIME) : returned;
  }

  private static long at(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }
}
