package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Unmounts a mount that another process serves, and waits for that process to end. This is what
 * {@code vcgroupfs umount} does. Has no state.
 */
public final class UnmountFromOutside {
  private static final Duration DAEMON_LIMIT = Duration.ofSeconds(10);
  private static final Duration DETACHED_LIMIT = Duration.ofSeconds(1);
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
    requireOurs(place);
    List<Long> daemons = finder.serving(place); // before: the mount is what tells them apart
    // Before, too: a detached mount has no name any more.
    Optional<String> holders = force ? Holders.seen(place) : Optional.empty();
    UnmountCall.Result result = UnmountCall.unmount(place, force);
    switch (result.outcome()) {
      case DONE -> {}
      case BUSY ->
          throw MountException.failed(
              "%s is in use by %s; to detach it all the same: vcgroupfs umount --force %s"
                  .formatted(place, Holders.phrase(place), place));
      case ABSENT -> throw MountException.failed(place + " was unmounted by somebody else");
      case REFUSED ->
          throw MountException.failed("cannot unmount %s: %s".formatted(place, result.said()));
    }
    for (long pid : daemons) {
      if (!ends(pid, force ? DETACHED_LIMIT : DAEMON_LIMIT)) {
        if (force) {
          return Optional.of(
              "%s is detached; its daemon (pid %d) runs on%s"
                  .formatted(place, pid, holders.map(all -> " for " + all).orElse("")));
        }
        throw MountException.failed(
            "%s is unmounted, but its daemon (pid %d) does not end".formatted(place, pid));
      }
    }
    return Optional.empty();
  }

  private static void requireOurs(MountPoint place) throws MountException {
    MountEntry top =
        MountTable.read()
            .top(place.bytes())
            .orElseThrow(() -> MountException.failed("nothing is mounted on %s".formatted(place)));
    if (!top.isOurs()) {
      throw MountException.failed(
          "%s is no vcgroupfs: %s of type %s is mounted there"
              .formatted(place, NativeText.toText(top.source()), NativeText.toText(top.type())));
    }
  }

  private static boolean ends(long pid, Duration limit) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (isRunning(pid)) {
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
