package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.SplittableRandom;

/** Calls on paths. For one call of one thread. */
final class PathCalls {
  private static final int AT_FDCWD = -100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int IN_ALL_EVENTS = 0xfff;
  private static final int BUFFER_BYTES = 4096;
  private static final int[] TYPES = {0, 0010000, 0020000, 0040000, 0060000, 0100000, 0140000};
  private static final long[] SIZES = {0, 1, 4096, -1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};

  private final SplittableRandom random;
  private final Arena arena;
  private final Targets targets;
  private final Means thread;

  /** What a thread has for its calls. */
  interface Means {
    /** A handle to begin a path with; the thread lets it go after the call. */
    Handle borrowed();

    /** Keeps what was opened. */
    void keep(long fd, String kind, String file);

    /** See {@link Resources#inotifyFd}. */
    int inotifyFd();
  }

  PathCalls(SplittableRandom random, Arena arena, Targets targets, Means thread) {
    this.random = random;
    this.arena = arena;
    this.targets = targets;
    this.thread = thread;
  }

  /** A call by chance. */
  Call make() {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6 -> open();
      case 7, 8, 9 -> mkdir();
      case 10, 11 -> rmdir();
      case 12 -> unlink();
      case 13, 14, 15 -> rename();
      case 16 -> link();
      case 17 -> symlink();
      case 18 -> mknod();
      case 19, 20 -> chmod();
      case 21 -> chown();
      case 22 -> utimens();
      case 23, 24, 25 -> stat();
      case 26 -> access();
      case 27 -> readlink();
      case 28 -> truncate();
      case 29 -> statfs();
      case 30, 31 -> setxattr();
      case 32, 33 -> getxattr();
      case 34 -> listxattr();
      case 35 -> removexattr();
      case 36 -> watch();
      default -> openLikely();
    };
  }

  // --- where ---------------------------------------------------------------------------------

  /**
   * A path in memory, and what it begins at.
   *
   * @param directory a descriptor, or AT_FDCWD
   * @param subject kind of the target, with {@code @} and the kind of the handle if it begins there
   */
  private record Place(long directory, long address, Target target, String subject, String shown) {}

  private Place place(Target target) {
    return new Place(AT_FDCWD, path(target), target, target.label(), target.path());
  }

  private long path(Target target) {
    return arena.copy(targets.absolute(target));
  }

  private Place anywhere() {
    return from(targets.any(random));
  }

  /** The target; or now and then, a single name that begins at a handle. */
  private Place from(Target target) {
    if (random.nextInt(6) != 0) {
      return place(target);
    }
    Target single = targets.single(random);
    Handle handle = thread.borrowed();
    return new Place(
        handle.fd(),
        arena.copy(single.path().getBytes(ISO_8859_1)),
        single,
        single.label() + "@" + handle.shape(),
        "@%d/%s".formatted(handle.fd(), single.path()));
  }

  private static String between(Place from, Place to) {
    boolean plain = from.directory == AT_FDCWD && to.directory == AT_FDCWD;
    boolean ours = (from.subject + to.subject).contains("simproc"); // the folder, or a name in it
    return from.target.coarse() + ">" + to.target.coarse() + (plain ? "" : ours ? "@simproc" : "@");
  }

  // --- opening -------------------------------------------------------------------------------

  private Call openLikely() {
    return open(place(targets.likelyFile(random)), random.nextInt(3));
  }

  private Call open() {
    int flags = random.nextInt(4);
    for (OpenFlag each : OpenFlag.values()) {
      if (random.nextInt(each.oneIn()) == 0) {
        flags |= each.bits();
      }
    }
    return open(anywhere(), flags);
  }

  private Call open(Place at, int flags) {
    String kind =
        (flags & OpenFlag.PATH.bits()) != 0
            ? "path"
            : at.target.label().replace("group/", "group").replace("dots", "group");
    int mode = random.nextInt(01000);
    return new Call(
            Sys.OPENAT,
            at.subject,
            OpenFlag.variant(flags),
            new long[] {at.directory, at.address, flags, mode},
            at.shown,
            OpenFlag.shown(flags),
            octal(mode))
        .then(fd -> thread.keep(fd, kind, at.target.file()));
  }

  // --- names ---------------------------------------------------------------------------------

  private Call mkdir() {
    Place at = from(random.nextInt(4) == 0 ? targets.any(random) : targets.group(random));
    int mode = random.nextBoolean() ? 0777 : random.nextInt(010000);
    return new Call(
        Sys.MKDIRAT,
        at.subject,
        "-",
        new long[] {at.directory, at.address, mode},
        at.shown,
        octal(mode));
  }

  private Call rmdir() {
    Place at = from(random.nextInt(4) == 0 ? targets.any(random) : targets.group(random));
    return new Call(
        Sys.UNLINKAT,
        at.subject,
        "rmdir",
        new long[] {at.directory, at.address, AT_REMOVEDIR},
        at.shown,
        "AT_REMOVEDIR");
  }

  private Call unlink() {
    Place at = anywhere();
    int flags = random.nextInt(8) == 0 ? 0x4000 : 0;
    return new Call(
        Sys.UNLINKAT,
        at.subject,
        flags == 0 ? "-" : "badflag",
        new long[] {at.directory, at.address, flags},
        at.shown,
        flags);
  }

  private Call rename() {
    Place from = from(random.nextInt(3) == 0 ? targets.any(random) : targets.group(random));
    Place to = from(random.nextInt(3) == 0 ? targets.any(random) : targets.group(random));
    int flags = random.nextInt(3) == 0 ? random.nextInt(9) : 0;
    boolean plain = from.directory == AT_FDCWD && to.directory == AT_FDCWD;
    boolean same = plain && from.target.parent().equals(to.target.parent());
    String variant =
        switch (flags) {
              case 0 -> "-";
              case 1 -> "noreplace";
              case 2 -> "exchange";
              case 4 -> "whiteout";
              default -> "badflag";
            }
            + (same ? ",same" : ",other");
    return new Call(
        Sys.RENAMEAT2,
        between(from, to),
        variant,
        new long[] {from.directory, from.address, to.directory, to.address, flags},
        from.shown,
        to.shown,
        flags);
  }

  private Call link() {
    Place from = anywhere();
    Place to = anywhere();
    return new Call(
        Sys.LINKAT,
        between(from, to),
        "-",
        new long[] {from.directory, from.address, to.directory, to.address, 0},
        from.shown,
        to.shown);
  }

  private Call symlink() {
    Place at = anywhere();
    byte[] text = random.nextInt(4) == 0 ? new byte[0] : "memory.stat".getBytes(ISO_8859_1);
    return new Call(
        Sys.SYMLINKAT,
        at.subject,
        text.length == 0 ? "empty" : "-",
        new long[] {arena.copy(text), at.directory, at.address},
        text,
        at.shown);
  }

  private Call mknod() {
    Place at = anywhere();
    int type = TYPES[random.nextInt(TYPES.length)];
    return new Call(
        Sys.MKNODAT,
        at.subject,
        octal(type),
        new long[] {at.directory, at.address, type | 0644, random.nextInt(3)},
        at.shown,
        octal(type | 0644));
  }

  // --- attributes ----------------------------------------------------------------------------

  /** The top stays passable, or nobody would get further. */
  private static boolean isTop(Place at) {
    return at.target.path().equals(".") || at.target.path().endsWith("/..");
  }

  private Call chmod() {
    Place at = anywhere();
    int mode = random.nextInt(010000) | (isTop(at) || random.nextBoolean() ? 0755 : 0);
    return new Call(
        Sys.FCHMODAT,
        at.subject,
        "-",
        new long[] {at.directory, at.address, mode},
        at.shown,
        octal(mode));
  }

  private Call chown() {
    Place at = anywhere();
    long uid = isTop(at) ? -1 : FuzzUser.someId(random);
    long gid = isTop(at) ? -1 : FuzzUser.someId(random);
    int flags = random.nextInt(8) == 0 ? 0x40 : random.nextBoolean() ? AT_SYMLINK_NOFOLLOW : 0;
    return new Call(
        Sys.FCHOWNAT,
        at.subject,
        flags == 0x40 ? "badflag" : uid == -1 && gid == -1 ? "none" : "-",
        new long[] {at.directory, at.address, uid, gid, flags},
        at.shown,
        uid,
        gid,
        flags);
  }

  private Call utimens() {
    Place at = anywhere();
    Times times = Times.any(random);
    return new Call(
        Sys.UTIMENSAT,
        at.subject,
        times.variant(),
        new long[] {at.directory, at.address, times.address(arena), 0},
        at.shown,
        times);
  }

  private Call stat() {
    Place at = anywhere();
    long[] arguments =
        random.nextBoolean()
            ? new long[] {at.directory, at.address, arena.room(BUFFER_BYTES), 0}
            : new long[] {at.directory, at.address, 0, STATX_BASIC_STATS, arena.room(BUFFER_BYTES)};
    return new Call(
        arguments.length == 4 ? Sys.NEWFSTATAT : Sys.STATX, at.subject, "-", arguments, at.shown);
  }

  private Call access() {
    Place at = anywhere();
    int mode = random.nextInt(9);
    return new Call(
        Sys.FACCESSAT2,
        at.subject,
        mode == 8 ? "badmode" : mode == 0 ? "exists" : "-",
        new long[] {at.directory, at.address, mode, 0},
        at.shown,
        mode);
  }

  private Call readlink() {
    Place at = anywhere();
    int size = random.nextInt(4) == 0 ? 0 : BUFFER_BYTES;
    return new Call(
        Sys.READLINKAT,
        at.subject,
        size == 0 ? "none" : "-",
        new long[] {at.directory, at.address, arena.room(BUFFER_BYTES), size},
        at.shown,
        size);
  }

  private Call truncate() {
    Place at = place(targets.any(random));
    long size = SIZES[random.nextInt(SIZES.length)];
    return new Call(
        Sys.TRUNCATE,
        at.subject,
        size < 0 ? "negative" : "-",
        new long[] {at.address, size},
        at.shown,
        size);
  }

  private Call statfs() {
    Place at = place(targets.any(random));
    return new Call(
        Sys.STATFS, at.subject, "-", new long[] {at.address, arena.room(BUFFER_BYTES)}, at.shown);
  }

  private Call watch() {
    Place at = place(targets.any(random));
    return new Call(
        Sys.INOTIFY_ADD_WATCH,
        at.subject,
        "-",
        new long[] {thread.inotifyFd(), at.address, IN_ALL_EVENTS},
        at.shown);
  }

  // --- extended attributes -------------------------------------------------------------------

  private Call setxattr() {
    Place at = place(targets.any(random));
    Attribute attribute = Attribute.any(random);
    byte[] value = attribute.value(random);
    int flags = random.nextInt(4);
    return new Call(
        random.nextBoolean() ? Sys.SETXATTR : Sys.LSETXATTR,
        at.subject,
        attribute.settingVariant(value, flags),
        new long[] {at.address, attribute.address(arena), arena.copy(value), value.length, flags},
        at.shown,
        attribute.name(),
        value,
        flags);
  }

  private Call getxattr() {
    Place at = place(targets.any(random));
    Attribute attribute = Attribute.any(random);
    int size = Attribute.someSize(random);
    return new Call(
        random.nextBoolean() ? Sys.GETXATTR : Sys.LGETXATTR,
        at.subject,
        attribute.kind(),
        new long[] {at.address, attribute.address(arena), arena.room(size), size},
        at.shown,
        attribute.name(),
        size);
  }

  private Call listxattr() {
    Place at = place(targets.any(random));
    int size = Attribute.someSize(random);
    return new Call(
        random.nextBoolean() ? Sys.LISTXATTR : Sys.LLISTXATTR,
        at.subject,
        "-",
        new long[] {at.address, arena.room(size), size},
        at.shown,
        size);
  }

  private Call removexattr() {
    Place at = place(targets.any(random));
    Attribute attribute = Attribute.any(random);
    return new Call(
        random.nextBoolean() ? Sys.REMOVEXATTR : Sys.LREMOVEXATTR,
        at.subject,
        attribute.kind(),
        new long[] {at.address, attribute.address(arena)},
        at.shown,
        attribute.name());
  }

  private static String octal(int number) {
    return "0" + Integer.toOctalString(number);
  }
}
