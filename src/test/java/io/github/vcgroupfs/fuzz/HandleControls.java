package io.github.vcgroupfs.fuzz;

import java.util.SplittableRandom;

/**
 * Calls on open descriptors that are no data: locks, flags, positions, maps, polls. None asks for a
 * signal, and none waits.
 */
final class HandleControls {
  private static final int LOCK_NB = 4;
  private static final int PAGE = 4096;
  private static final int FCNTL_NONE = 9999;
  private static final int[] FCNTLS = {
    1, 3, 4, 5, 6, 9, 36, 37, 1025, 1032, 1033, 1034, 1035, 1036, FCNTL_NONE
  };
  private static final int F_SETFL = 4;

  /** O_APPEND, O_NONBLOCK, O_NOATIME: never O_ASYNC, which sends signals. */
  private static final int[] STATUS_FLAGS = {0, 02000, 04000, 02000 | 04000, 01000000};

  /**
   * FIONREAD, FIONBIO, FIOQSIZE, FIGETBSZ, FIBMAP, TCGETS, FS_IOC_GETFLAGS, FS_IOC_SETFLAGS,
   * FS_IOC_FIEMAP, FICLONE, FIDEDUPERANGE, FS_IOC_FSGETXATTR, FS_IOC_GETVERSION, FITRIM. Never
   * FIFREEZE.
   */
  private static final long[] REQUESTS = {
    0x541B,
    0x5421,
    0x5460,
    2,
    1,
    0x5401,
    0x80086601L,
    0x40086602L,
    0xC020660BL,
    0x40049409L,
    0xC0189436L,
    0x801C581FL,
    0x80087601L,
    0xC0185879L
  };

  /** Not so far that every read behind it is EINVAL by the kernel's own rule. */
  private static final long[] POSITIONS = {0, 0, 1, 7, 4096, -1, -4096, 1L << 40, Long.MIN_VALUE};

  private static final long[] OFFSETS = {0, 1, 4096, -1, -4096, 1L << 40, Long.MAX_VALUE};

  private final SplittableRandom random;
  private final Arena arena;
  private final Resources resources;
  private final Handle handle;

  HandleControls(SplittableRandom random, Arena arena, Resources resources, Handle handle) {
    this.random = random;
    this.arena = arena;
    this.resources = resources;
    this.handle = handle;
  }

  /** A call by chance. */
  Call make() {
    return switch (random.nextInt(9)) {
      case 0, 1 -> mmap();
      case 2 -> flock();
      case 3, 4 -> fcntl();
      case 5, 6 -> poll();
      case 7 -> ioctl();
      default -> advise();
    };
  }

  private Call on(Sys sys, String variant, long[] more, Object... shown) {
    long[] arguments = new long[more.length + 1];
    arguments[0] = handle.fd();
    System.arraycopy(more, 0, arguments, 1, more.length);
    Object[] all = new Object[shown.length + 1];
    all[0] = "%d:%s".formatted(handle.fd(), handle.file());
    System.arraycopy(shown, 0, all, 1, shown.length);
    return new Call(sys, handle.kind(), variant, arguments, all);
  }

  private long offset() {
    return OFFSETS[random.nextInt(OFFSETS.length)];
  }

  /** SEEK_SET to SEEK_HOLE, and one that is none. */
  Call lseek() {
    long offset = POSITIONS[random.nextInt(POSITIONS.length)];
    int whence = random.nextInt(6);
    return on(
        Sys.LSEEK,
        whence == 0 ? (offset < 0 ? "set,negative" : "set") : Integer.toString(whence),
        new long[] {offset, whence},
        offset,
        whence);
  }

  private Call mmap() {
    int protection = random.nextInt(8);
    int kind = 1 + random.nextInt(3); // MAP_SHARED, MAP_PRIVATE, MAP_SHARED_VALIDATE
    long length = random.nextInt(8) == 0 ? 0 : PAGE * (long) random.nextInt(1, 4);
    long offset = random.nextInt(4) == 0 ? offset() : 0;
    String variant =
        "%s,%s,%s"
            .formatted(
                kind == 2 ? "private" : "shared",
                (protection & 2) != 0 ? "write" : protection == 0 ? "none" : "read",
                length == 0 || offset % PAGE != 0 || offset < 0 ? "wrong" : "-");
    return new Call(
            Sys.MMAP,
            handle.kind(),
            variant,
            new long[] {0, length, protection, kind, handle.fd(), offset},
            "%d:%s".formatted(handle.fd(), handle.file()),
            length,
            protection,
            kind,
            offset)
        .then(
            address -> {
              if (address > 0) {
                Sys.MUNMAP.call(address, length);
              }
            });
  }

  private Call flock() {
    int operation = new int[] {1, 2, 8, 0, 32}[random.nextInt(5)];
    return on(
        Sys.FLOCK,
        operation == 0 ? "wrong" : "-",
        new long[] {operation | LOCK_NB},
        operation | LOCK_NB);
  }

  private Call fcntl() {
    int command = FCNTLS[random.nextInt(FCNTLS.length)];
    long argument =
        switch (command) {
          case 5, 6, 36, 37 -> lock();
          case 1035, 1036 -> arena.longs(random.nextInt(7));
          case F_SETFL -> STATUS_FLAGS[random.nextInt(STATUS_FLAGS.length)];
          default -> 0;
        };
    return on(Sys.FCNTL, Integer.toString(command), new long[] {command, argument}, command);
  }

  /** struct flock: type and whence, start, length, pid. */
  private long lock() {
    long type = random.nextInt(4);
    long whence = random.nextInt(4);
    return arena.longs(type | whence << 16, offset(), random.nextInt(-1, 100), 0);
  }

  private Call poll() {
    int events = random.nextInt(0x400);
    long descriptor = arena.longs((long) events << 32 | Integer.toUnsignedLong(handle.fd()));
    return new Call(
        Sys.PPOLL,
        handle.kind(),
        "-",
        new long[] {descriptor, 1, arena.longs(0, 0), 0, 0},
        "%d:%s".formatted(handle.fd(), handle.file()),
        events);
  }

  private Call ioctl() {
    long request = REQUESTS[random.nextInt(REQUESTS.length)];
    long room = arena.longs(random.nextInt(2), resources.nullFd(), 0, 0, 0, 0, 0, 0);
    return on(
        Sys.IOCTL,
        Long.toHexString(request),
        new long[] {request, room},
        Long.toHexString(request));
  }

  private Call advise() {
    int advice = random.nextInt(8);
    int length = random.nextInt(-1, PAGE);
    return on(
        Sys.FADVISE64,
        advice > 5 || length < 0 ? "wrong" : "-",
        new long[] {offset(), length, advice},
        advice);
  }
}
