package io.github.vcgroupfs.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thread of one user. What it calls follows from the seed, its number and how many calls it has
 * made; not from what came back.
 */
final class Worker implements PathCalls.Means {
  private static final int PLACES = 6;
  private static final int SHARED_ONE_IN = 3;

  private final long seed;
  private final int number;
  private final Targets targets;
  private final Handles shared;
  private final Resources resources;
  private final Outcomes outcomes;
  private final Watchdog.Seat seat;
  private final FuzzUser user;
  private final Handles own = new Handles(PLACES);
  private final Arena arena = new Arena();
  private final List<Handle> borrowed = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);

  /** What all threads of a run have in common. */
  record Common(long seed, Targets targets, Handles shared, Watchdog watchdog) {}

  Worker(Common common, int number, Resources resources, Outcomes outcomes) {
    this.seed = common.seed;
    this.number = number;
    this.targets = common.targets;
    this.shared = common.shared;
    this.seat = common.watchdog.seat();
    this.resources = resources;
    this.outcomes = outcomes;
    this.user = FuzzUser.of(number);
  }

  /** A call, and where in the run it is. */
  record Made(int thread, long index, FuzzUser user, Call call) {
    @Override
    public String toString() {
      return "thread %d (%s), call %d: %s".formatted(thread, user, index, call);
    }
  }

  /** Makes the call with that index; returns what came back. */
  long step(long index, boolean show) {
    random = new SplittableRandom(mixed(seed, number, index));
    arena.clear();
    try {
      Call call = random.nextBoolean() ? path() : handle();
      Made made = new Made(number, index, user, call);
      long begin = System.nanoTime();
      seat.begins(made, begin);
      long result = call.run();
      seat.ends();
      outcomes.add(
          new Key(call.sys().family(), call.subject(), call.variant(), user.word()),
          result,
          System.nanoTime() - begin,
          made);
      if (show) {
        System.out.println(made + " = " + (result < 0 ? KernelErrnos.name(result) : result));
      }
      return result;
    } finally {
      borrowed.forEach(Handle::letGo);
      borrowed.clear();
    }
  }

  private static long mixed(long seed, long thread, long index) {
    // three odd numbers: neighbours in one of the three begin far from each other
    return new SplittableRandom(
            seed * 0x9E3779B97F4A7C15L ^ thread * 0xC2B2AE3D27D4EB4FL ^ index * 0x165667B19E3779F9L)
        .nextLong();
  }

  private Call path() {
    return new PathCalls(random, arena, targets, this).make();
  }

  private Call handle() {
    return new HandleCalls(random, arena, resources, borrowed(), borrowed()).make();
  }

  @Override
  public Handle borrowed() {
    Handles table = random.nextInt(SHARED_ONE_IN) == 0 ? shared : own;
    Handle handle = table.take(random.nextInt(table.count()));
    borrowed.add(handle);
    return handle;
  }

  @Override
  public void keep(long fd, String kind, String file) {
    if (fd >= 0) {
      Handle handle = new Handle((int) fd, kind, file);
      Handles table = random.nextInt(SHARED_ONE_IN) == 0 ? shared : own;
      if (table == own) {
        resources.remember(handle);
      }
      table.put(random.nextInt(table.count()), handle);
    }
  }

  @Override
  public int inotifyFd() {
    return resources.inotifyFd();
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** Closes what the thread has open. */
  void close() {
    own.clear();
    resources.close();
  }
}
