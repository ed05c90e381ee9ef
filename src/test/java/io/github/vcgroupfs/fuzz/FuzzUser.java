package io.github.vcgroupfs.fuzz;

import java.util.SplittableRandom;

/** The users whose threads call. Nobody on this machine needs to have these numbers. */
enum FuzzUser {
  ROOT(0),
  /** The owner of the delegated group. */
  OWNER(23001),
  OTHER(23002),
  THIRD(23003);

  private static final long[] IDS = {-1, 0, 23001, 23002, 23003, 4_000_000_000L};

  private final int id;

  FuzzUser(int id) {
    this.id = id;
  }

  /** The number of the user, and of the user's one group. */
  int id() {
    return id;
  }

  /** That of the thread with that number. */
  static FuzzUser of(int thread) {
    return values()[thread % values().length];
  }

  /** A number for chown(2). */
  static long someId(SplittableRandom random) {
    return IDS[random.nextInt(IDS.length)];
  }

  /** For the key of a call: what root may is another question. */
  String word() {
    return this == ROOT ? "root" : "user";
  }

  /**
   * Makes the calling thread, and no other, one of that user.
   *
   * @throws IllegalStateException if this process is not root's
   */
  void become() {
    require(Sys.SETGROUPS.call(0, 0));
    require(Sys.SETRESGID.call(id, id, id));
    require(Sys.SETRESUID.call(id, id, id));
  }

  private static void require(long result) {
    if (result != 0) {
      throw new IllegalStateException(
          "a thread cannot change its user: errno %d; only root can".formatted(-result));
    }
  }
}
