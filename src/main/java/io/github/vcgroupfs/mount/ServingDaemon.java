package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A daemon as a message names it. Immutable.
 *
 * @param pid its process
 * @param stopped whether a signal or a debugger has stopped it, so that it answers nobody
 */
record ServingDaemon(long pid, boolean stopped) {
  /**
   * The daemon that serves what one sees at a mount point: of several that were started for it the
   * youngest, since an older one serves what is left elsewhere. Empty if none is seen.
   */
  static Optional<ServingDaemon> of(DaemonFinder finder, MountPoint place) {
    return youngest(finder.serving(place));
  }

  /** The one of these processes that was started last. Empty if all have ended. */
  static Optional<ServingDaemon> youngest(List<Long> pids) {
    return stats(pids)
        .filter(stat -> !stat.hasEnded())
        .max(Comparator.comparingLong(TaskStat::startTime))
        .map(stat -> new ServingDaemon(stat.pid(), isStopped(stat)));
  }

  private static Stream<TaskStat> stats(List<Long> pids) {
    ProcReader proc = new ProcReader("/proc");
    return pids.stream().flatMap(pid -> Stream.ofNullable(proc.stat(pid.intValue())));
  }

  /** T, and t under a debugger: {@code task_state_array} in {@code fs/proc/array.c}. */
  private static boolean isStopped(TaskStat stat) {
    return stat.state() == 'T' || stat.state() == 't';
  }

  /** The pid, and what to do if it is stopped. */
  @Override
  public String toString() {
    return stopped
        ? "pid %d, which is stopped; to let it go on: kill -CONT %d".formatted(pid, pid)
        : "pid %d".formatted(pid);
  }
}
