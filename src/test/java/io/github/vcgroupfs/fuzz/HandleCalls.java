package io.github.vcgroupfs.fuzz;

import java.util.SplittableRandom;

/** Calls on open descriptors: data and attributes. For one call of one thread. */
final class HandleCalls {
  private static final int READ_BYTES = 300 << 10;
  private static final int MOST_PIECES = 4;
  private static final int BUFFER_BYTES = 4096;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final long[] OFFSETS = {
    0, 1, 7, 4096, 1L << 20, -1, -4096, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final int[] LENGTHS = {0, 1, 3, 64, 4095, 4096, 65536, READ_BYTES};

  private final SplittableRandom random;
  private final Arena arena;
  private final Resources resources;
  private final Texts texts;
  private final Handle handle;
  private final Handle second;

  /** Both handles are let go by the thread after the call. */
  HandleCalls(
      SplittableRandom random, Arena arena, Resources resources, Handle handle, Handle second) {
    this.random = random;
    this.arena = arena;
    this.resources = resources;
    this.texts = new Texts(random, resources);
    this.handle = handle;
    this.second = second;
  }

  /** A call by chance. */
  Call make() {
    return switch (random.nextInt(48)) {
      case 0, 1, 2, 3, 4 -> read();
      case 5, 6 -> pread();
      case 7, 8 -> readv();
      case 9, 10, 11, 12, 13, 14, 15 -> write();
      case 16, 17 -> pwrite();
      case 18, 19 -> writev();
      case 20 -> sendfileFrom();
      case 21 -> sendfileTo();
      case 22 -> spliceFrom();
      case 23 -> spliceTo();
      case 24 -> copyFileRange();
      case 25, 26 -> new HandleControls(random, arena, resources, handle).lseek();
      case 27 -> truncate();
      case 28 -> allocate();
      case 29 -> sync();
      case 30, 31 -> directory();
      case 32, 33 -> stat();
      case 34 -> chmod();
      case 35 -> chown();
      case 36 -> utimens();
      case 37 -> setxattr();
      case 38 -> getxattr();
      case 39 -> otherXattr();
      default -> new HandleControls(random, arena, resources, handle).make();
    };
  }

  /** For reads and writes, which file it is matters. */
  private String content(Handle of) {
    return of.kind().startsWith("file") ? of.file() : of.kind();
  }

  private Call on(Sys sys, String subject, String variant, long[] more, Object... shown) {
    long[] arguments = new long[more.length + 1];
    arguments[0] = handle.fd();
    System.arraycopy(more, 0, arguments, 1, more.length);
    Object[] all = new Object[shown.length + 1];
    all[0] = "%d:%s".formatted(handle.fd(), handle.file());
    System.arraycopy(shown, 0, all, 1, shown.length);
    return new Call(sys, subject, variant, arguments, all);
  }

  // --- data ----------------------------------------------------------------------------------

  private int length() {
    return LENGTHS[random.nextInt(LENGTHS.length)];
  }

  private long offset() {
    return OFFSETS[random.nextInt(OFFSETS.length)];
  }

  /** Of an offset and a length. */
  private static String range(long offset, long length) {
    if (offset < 0) {
      return "negative";
    }
    return length > 0 && offset > Long.MAX_VALUE - length ? "overflow" : "-";
  }

  private Call read() {
    int length = length();
    return on(Sys.READ, content(handle), "-", new long[] {arena.room(length), length}, length);
  }

  private Call pread() {
    int length = length();
    long offset = offset();
    return on(
        Sys.PREAD64,
        content(handle),
        range(offset, length),
        new long[] {arena.room(length), length, offset},
        length,
        offset);
  }

  private Call readv() {
    int pieces = random.nextInt(MOST_PIECES + 1);
    long[] table = new long[2 * pieces];
    for (int i = 0; i < pieces; i++) {
      int length = LENGTHS[random.nextInt(LENGTHS.length - 1)];
      table[2 * i] = arena.room(length);
      table[2 * i + 1] = length;
    }
    return vector(Sys.READV, Sys.PREADV2, table, pieces);
  }

  /** One of the two calls: the first, or the second with an offset and flags. */
  private Call vector(Sys plain, Sys withFlags, long[] table, int pieces) {
    long address = arena.longs(table);
    if (random.nextBoolean()) {
      return on(plain, content(handle), "-", new long[] {address, pieces}, pieces);
    }
    long offset = offset();
    int flags = random.nextInt(3) == 0 ? 1 << random.nextInt(8) : 0; // RWF_HIPRI and others
    return on(
        withFlags,
        content(handle),
        range(offset, 1) + (flags == 0 ? "" : ",flags"),
        new long[] {address, pieces, offset, 0, flags},
        pieces,
        offset,
        flags);
  }

  private Call write() {
    byte[] text = texts.of(handle.file());
    return on(
        Sys.WRITE, content(handle), size(text), new long[] {arena.copy(text), text.length}, text);
  }

  private static String size(byte[] text) {
    return text.length == 0 ? "empty" : "-";
  }

  private Call pwrite() {
    byte[] text = texts.of(handle.file());
    long offset = offset();
    return on(
        Sys.PWRITE64,
        content(handle),
        range(offset, text.length) + (text.length == 0 ? ",empty" : ""),
        new long[] {arena.copy(text), text.length, offset},
        text,
        offset);
  }

  /** The text in pieces. Kernels from 5.10 put them together; a list of processes gets one only. */
  private Call writev() {
    byte[] text = texts.of(handle.file());
    int pieces = Texts.PROCESSES.contains(handle.file()) ? 1 : 1 + random.nextInt(MOST_PIECES);
    long address = arena.copy(text);
    long[] table = new long[2 * pieces];
    int from = 0;
    for (int i = 0; i < pieces; i++) {
      int to = i == pieces - 1 ? text.length : random.nextInt(from, text.length + 1);
      table[2 * i] = address + from;
      table[2 * i + 1] = (long) to - from;
      from = to;
    }
    return vector(Sys.WRITEV, Sys.PWRITEV2, table, pieces);
  }

  private Call sendfileFrom() {
    int length = length();
    return new Call(
        Sys.SENDFILE,
        content(handle),
        "from",
        new long[] {resources.nullFd(), handle.fd(), 0, length},
        handle.file(),
        length);
  }

  /** What is sent into a file is meant for it: never the text of another file. */
  private Call sendfileTo() {
    int from = resources.pipeWith(texts.of(handle.file()));
    return new Call(
        Sys.SENDFILE,
        content(handle),
        "to",
        new long[] {handle.fd(), from, 0, BUFFER_BYTES},
        handle.file());
  }

  private Call spliceFrom() {
    int length = length();
    return new Call(
        Sys.SPLICE,
        content(handle),
        "from",
        new long[] {handle.fd(), 0, resources.emptyPipe(), 0, length, 2},
        handle.file(),
        length);
  }

  private Call spliceTo() {
    int from = resources.pipeWith(texts.of(handle.file()));
    return new Call(
        Sys.SPLICE,
        content(handle),
        "to",
        new long[] {from, 0, handle.fd(), 0, BUFFER_BYTES, 2},
        handle.file());
  }

  /** Into a list of processes nothing is copied: it could be any number. */
  private Call copyFileRange() {
    Handle to = Texts.PROCESSES.contains(second.file()) ? Handle.NONE : second;
    int length = length();
    return new Call(
        Sys.COPY_FILE_RANGE,
        handle.shape(),
        "to:" + to.shape(),
        new long[] {handle.fd(), 0, to.fd(), 0, length, 0},
        handle.file(),
        to.file(),
        length);
  }

  private Call truncate() {
    long size = offset();
    return on(Sys.FTRUNCATE, handle.kind(), size < 0 ? "negative" : "-", new long[] {size}, size);
  }

  private Call allocate() {
    int mode = random.nextBoolean() ? 0 : random.nextInt(0x100);
    long offset = offset();
    int length = length();
    return on(
        Sys.FALLOCATE,
        handle.kind(),
        (mode == 0 ? "plain," : "mode,") + (length == 0 ? "none" : range(offset, length)),
        new long[] {mode, offset, length},
        mode,
        offset,
        length);
  }

  private Call sync() {
    return switch (random.nextInt(5)) {
      case 0 -> on(Sys.FSYNC, handle.kind(), "-", new long[0]);
      case 1 -> on(Sys.FDATASYNC, handle.kind(), "-", new long[0]);
      case 2 -> on(Sys.SYNCFS, handle.kind(), "-", new long[0]);
      case 3 -> {
        long offset = offset();
        int length = length();
        int flags = random.nextInt(9);
        yield on(
            Sys.SYNC_FILE_RANGE,
            handle.kind(),
            flags == 8 ? "badflag" : range(offset, length),
            new long[] {offset, length, flags},
            offset,
            length,
            flags);
      }
      default -> on(Sys.READAHEAD, handle.kind(), "-", new long[] {0, BUFFER_BYTES});
    };
  }

  private Call directory() {
    int length = length();
    return on(
        Sys.GETDENTS64,
        handle.kind(),
        length < BUFFER_BYTES - 1 ? "little" : "-",
        new long[] {arena.room(length), length},
        length);
  }

  // --- attributes ----------------------------------------------------------------------------

  /** The top stays passable, or nobody would get further. */
  private Call chmod() {
    int mode = random.nextInt(010000) | (handle.file().equals("dots") ? 0755 : 0);
    return on(Sys.FCHMOD, handle.kind(), "-", new long[] {mode}, "0" + Integer.toOctalString(mode));
  }

  private Call chown() {
    long uid = handle.file().equals("dots") ? -1 : FuzzUser.someId(random);
    long gid = handle.file().equals("dots") ? -1 : FuzzUser.someId(random);
    return on(
        Sys.FCHOWN,
        handle.kind(),
        uid == -1 && gid == -1 ? "none" : "-",
        new long[] {uid, gid},
        uid,
        gid);
  }

  private Call utimens() {
    Times times = Times.any(random);
    return on(
        Sys.UTIMENSAT,
        "@" + handle.kind(),
        times.variant(),
        new long[] {0, times.address(arena), 0},
        times);
  }

  private Call stat() {
    long buffer = arena.room(BUFFER_BYTES);
    return random.nextBoolean()
        ? on(Sys.FSTATFS, handle.kind(), "-", new long[] {buffer})
        : on(
            Sys.NEWFSTATAT,
            "@" + handle.kind(),
            "-",
            new long[] {arena.copy(new byte[0]), buffer, AT_EMPTY_PATH});
  }

  private Call setxattr() {
    Attribute attribute = Attribute.any(random);
    byte[] value = attribute.value(random);
    int flags = random.nextInt(4);
    return on(
        Sys.FSETXATTR,
        handle.kind(),
        attribute.settingVariant(value, flags),
        new long[] {attribute.address(arena), arena.copy(value), value.length, flags},
        attribute.name(),
        value,
        flags);
  }

  private Call getxattr() {
    Attribute attribute = Attribute.any(random);
    int size = Attribute.someSize(random);
    return on(
        Sys.FGETXATTR,
        handle.kind(),
        attribute.kind(),
        new long[] {attribute.address(arena), arena.room(size), size},
        attribute.name(),
        size);
  }

  private Call otherXattr() {
    Attribute attribute = Attribute.any(random);
    int size = Attribute.someSize(random);
    return random.nextBoolean()
        ? on(Sys.FLISTXATTR, handle.kind(), "-", new long[] {arena.room(size), size}, size)
        : on(
            Sys.FREMOVEXATTR,
            handle.kind(),
            attribute.kind(),
            new long[] {attribute.address(arena)},
            attribute.name());
  }
}
