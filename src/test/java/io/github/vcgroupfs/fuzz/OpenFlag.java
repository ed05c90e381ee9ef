package io.github.vcgroupfs.fuzz;

import io.github.vcgroupfs.testing.Syscalls;
import java.util.ArrayList;
import java.util.List;

/** Flags of open(2) that come by chance, and the classes of their sets. */
enum OpenFlag {
  CREAT(0100, 8),
  EXCL(0200, 8),
  NOCTTY(0400, 40),
  TRUNC(01000, 6),
  APPEND(02000, 8),
  NONBLOCK(04000, 8),
  DSYNC(010000, 40),
  DIRECT(Syscalls.O_DIRECT, 16),
  LARGEFILE(isArm() ? 0400000 : 0100000, 40),
  DIRECTORY(isArm() ? 040000 : 0200000, 8),
  NOFOLLOW(isArm() ? 0100000 : 0400000, 16),
  NOATIME(01000000, 24),
  CLOEXEC(02000000, 8),
  SYNC(04010000, 40),
  PATH(010000000, 20),
  TMPFILE(020000000 | (isArm() ? 040000 : 0200000), 24);

  private static final List<String> WORDS = List.of("O_RDONLY", "O_WRONLY", "O_RDWR", "3");

  private final int bits;
  private final int oneIn;

  OpenFlag(int bits, int oneIn) {
    this.bits = bits;
    this.oneIn = oneIn;
  }

  private static boolean isArm() {
    return "aarch64".equals(System.getProperty("os.arch"));
  }

  int bits() {
    return bits;
  }

  /** It is set in one call of so many. */
  int oneIn() {
    return oneIn;
  }

  private boolean isIn(int flags) {
    return (flags & bits) == bits;
  }

  /** The class of a set of flags: whichever of them decides about errors. */
  static String variant(int flags) {
    if (PATH.isIn(flags)) {
      return "path";
    }
    if (TMPFILE.isIn(flags)) {
      return "tmpfile";
    }
    StringBuilder variant = new StringBuilder();
    for (OpenFlag each : List.of(CREAT, EXCL, DIRECTORY, DIRECT, NOATIME, TRUNC)) {
      if (each.isIn(flags)) {
        variant
            .append(variant.isEmpty() ? "" : "+")
            .append(each.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    return variant.isEmpty() ? "-" : variant.toString();
  }

  /** As in C. */
  static String shown(int flags) {
    List<String> words = new ArrayList<>(List.of(WORDS.get(flags & 3)));
    for (OpenFlag each : values()) {
      if (each.isIn(flags)) {
        words.add("O_" + each.name());
      }
    }
    return String.join("|", words);
  }
}
