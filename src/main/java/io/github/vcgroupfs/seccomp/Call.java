package io.github.vcgroupfs.seccomp;

/**
 * System calls that a filter can tell apart, with their numbers: {@code
 * arch/x86/entry/syscalls/syscall_64.tbl}, {@code syscall_32.tbl}, {@code
 * include/uapi/asm-generic/unistd.h}. From 424 on they are the same everywhere. Immutable.
 */
public enum Call {
  OPEN(2, 5, -1),
  CREAT(85, 8, -1),
  OPENAT(257, 295, 56),
  OPENAT2(437),
  NAME_TO_HANDLE_AT(303, 341, 264),
  OPEN_BY_HANDLE_AT(304, 342, 265),
  /** What is opened through such a ring is not seen by any filter. */
  IO_URING_SETUP(425),
  STATFS(137, 99, 43),
  FSTATFS(138, 100, 44),
  STATFS64(-1, 268, -1),
  FSTATFS64(-1, 269, -1),
  STAT(4, 106, -1),
  LSTAT(6, 107, -1),
  FSTAT(5, 108, 80),
  STAT64(-1, 195, -1),
  LSTAT64(-1, 196, -1),
  FSTAT64(-1, 197, -1),
  /** {@code newfstatat} on 64-bit machines. */
  FSTATAT(262, 300, 79),
  STATX(332, 383, 291),
  ACCESS(21, 33, -1),
  FACCESSAT(269, 307, 48),
  FACCESSAT2(439),
  READLINK(89, 85, -1),
  READLINKAT(267, 305, 78),
  MOUNT(165, 21, 40),
  /** The one without flags, {@code umount} of old. */
  UMOUNT(-1, 22, -1),
  UMOUNT2(166, 52, 39),
  OPEN_TREE(428),
  MOVE_MOUNT(429),
  FSOPEN(430),
  FSCONFIG(431),
  FSMOUNT(432),
  FSPICK(433),
  MOUNT_SETATTR(442),
  STATMOUNT(457),
  LISTMOUNT(458),
  OPEN_TREE_ATTR(467),
  CLONE(56, 120, 220),
  CLONE3(435),
  UNSHARE(272, 310, 97),
  SETNS(308, 346, 268),
  SECCOMP(317, 354, 277);

  /** The number of a call that an arch does not have. */
  static final int NONE = -1;

  private final int x86;
  private final int i386;
  private final int aarch64;

  Call(int x86, int i386, int aarch64) {
    this.x86 = x86;
    this.i386 = i386;
    this.aarch64 = aarch64;
  }

  Call(int everywhere) {
    this(everywhere, everywhere, everywhere);
  }

  /** Its number; {@link #NONE} if there is no such call. */
  int number(Arch arch) {
    return switch (arch) {
      case X86_64 -> x86;
      case I386 -> i386;
      case AARCH64 -> aarch64;
    };
  }
}
