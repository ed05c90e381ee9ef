package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Unmounts a mount that another process serves, and waits for that process to end. This is what
 * {@code vcgroupfs umount} does. Has no state.
 */
public final class UnmountFromOutside {
  private static final Duration DAEMON_LIMIT = Duration.ofSeconds(10);

  /** Until then a daemon has ended, unless something keeps it. */
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(1);

  /** Until then whoever only reads a file, as a viewer does every second, has closed it. */
  private static final Duration BUSY_LIMIT = Duration.ofMillis(500);

  private static final int PAUSE_MS = 10;

  private UnmountFromOutside() {}

  /**
   * Unmounts, and waits for the daemon to end.
   *
   * @param force whether to detach it even if it is busy
   * @param finder finds the daemon that is to end
   * @return a remark for the user, if there is one
   * @throws MountException if it is not a mount of this program, if it is busy, or if the daemon
   *     does not end
   */
  public static Optional<String> run(MountPoint place, boolean force, DaemonFinder finder)
      throws MountException, InterruptedException {
    MountEntry mount = requireOurs(place);
    List<Long> daemons = finder.serving(place); // before: the mount is what tells them apart
    // Before, too: a detached mount has no name any more.
    Optional<String> holders = force ? Holders.seen(place) : Optional.empty();
    UnmountCall.Result result = unmount(place, force);
    switch (result.outcome()) {
      case DONE -> {}
      case BUSY -> throw MountException.failed(busy(place, daemons));
      case ABSENT -> throw MountException.failed(place + " was unmounted by somebody else");
      case REFUSED ->
          throw MountException.failed("cannot unmount %s: %s".formatted(place, result.said()));
    }
    return awaitEnd(
        new Unmounted(place, mount.device(), daemons, holders, ofOthers(daemons, finder)), force);
  }

  private static UnmountCall.Result unmount(MountPoint place, boolean force)
      throws InterruptedException {
    long beginNs = System.nanoTime();
    UnmountCall.Result result = UnmountCall.unmount(place, force);
    while (result.outcome() == UnmountCall.Outcome.BUSY
        && System.nanoTime() - beginNs < BUSY_LIMIT.toNanos()) {
      Thread.sleep(PAUSE_MS);
      result = UnmountCall.unmount(place, force);
    }
    return result;
  }

  /**
   * Waits for the daemon of a mount that somebody else has just unmounted.
   *
   * @param device {@code major:minor} of its st_dev
   * @param daemon who served it
   */
  public static Optional<String> awaitEnd(
      MountPoint place, String device, long daemon, DaemonFinder finder)
      throws MountException, InterruptedException {
    List<Long> daemons = List.of(daemon);
    return awaitEnd(
        new Unmounted(place, device, daemons, Optional.empty(), ofOthers(daemons, finder)), false);
  }

  private static Predicate<MountPoint> ofOthers(List<Long> daemons, DaemonFinder finder) {
    return other -> finder.serving(other).stream().anyMatch(pid -> !daemons.contains(pid));
  }

  /**
   * A mount that is gone from its place.
   *
   * @param place where it was
   * @param device {@code major:minor} of its st_dev
   * @param daemons those that may have served it: one of them ends
   * @param holders who uses it though it is detached
   * @param ofOthers whether a daemon that is none of those serves a place
   */
  private record Unmounted(
      MountPoint place,
      String device,
      List<Long> daemons,
      Optional<String> holders,
      Predicate<MountPoint> ofOthers) {}

  private static String busy(MountPoint place, List<Long> daemons) {
    String stopped =
        ServingDaemon.youngest(daemons)
            .filter(ServingDaemon::stopped)
            .map(daemon -> "; calls wait for its daemon (%s)".formatted(daemon))
            .orElse("");
    return "%s is in use by %s%s; to detach it all the same: vcgroupfs umount --force %s"
        .formatted(place, Holders.phrase(place), stopped, place);
  }

  private static Optional<String> awaitEnd(Unmounted mount, boolean force)
      throws MountException, InterruptedException {
    List<Long> daemons = mount.daemons();
    if (daemons.isEmpty() || anyEnds(daemons, QUICK_LIMIT)) {
      return Optional.empty();
    }
    boolean stopped = ServingDaemon.youngest(daemons).filter(ServingDaemon::stopped).isPresent();
    // Not less for a copy: whoever starts a container has one for a moment.
    if (!stopped && !force && anyEnds(daemons, DAEMON_LIMIT)) {
      return Optional.empty();
    }
    Optional<String> copies = Copies.sentence(mount.device(), mount.ofOthers());
    Optional<ServingDaemon> daemon = ServingDaemon.youngest(daemons);
    if (daemon.isEmpty()) {
      return Optional.empty(); // at the last moment
    }
    if (force) {
      return Optional.of(
          "%s is detached; its daemon (%s) runs on%s"
              .formatted(mount.place(), daemon.get(), reason(mount.holders(), copies)));
    }
    throw MountException.failed(
        copies
            .map(
                where ->
                    "%s is unmounted, but its daemon (%s) runs on: %s"
                        .formatted(mount.place(), daemon.get(), where))
            .orElseGet(
                () ->
                    "%s is unmounted, but its daemon (%s) does not end"
                        .formatted(mount.place(), daemon.get())));
  }

  private static String reason(Optional<String> holders, Optional<String> copies) {
    return holders.map(all -> " for " + all).orElse("")
        + copies.map(where -> "; " + where).orElse("");
  }

  private static MountEntry requireOurs(MountPoint place) throws MountException {
    MountEntry top =
        MountTable.read()
            .top(place.bytes())
            .orElseThrow(() -> MountException.failed("nothing is mounted on %s".formatted(place)));
    if (!top.isOurs()) {
      throw MountException.failed(
          "%s is no vcgroupfs: %s of type %s is mounted there"
              .formatted(place, NativeText.toText(top.source()), NativeText.toText(top.type())));
    }
    return top;
  }

  /** Waits for one of them: another one may serve what was left of an earlier mount. */
  private static boolean anyEnds(List<Long> pids, Duration limit) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (pids.stream().allMatch(UnmountFromOutside::isRunning)) {
      if (System.nanoTime() - deadlineNs > 0) {
        return false;
      }
      Thread.sleep(PAUSE_MS);
    }
    return true;
  }

  /** Whether a process is there and has not ended; one that waits for its parent has. */
  static boolean isRunning(long pid) {
    TaskStat stat = new ProcReader("/proc").stat((int) pid);
    return stat != null && !stat.hasEnded();
  }
}
