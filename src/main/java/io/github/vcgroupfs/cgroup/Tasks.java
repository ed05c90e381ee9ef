package io.github.vcgroupfs.cgroup;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a controller may ask about the tasks of the computer. This is a port: there is an
 * implementation that looks at the real ones. An answer never waits for a task. Any thread may ask,
 * with any lock. Ids are those of the daemon's pid namespace.
 */
public interface Tasks {
  /** A computer without tasks. For comparisons and tests. */
  Tasks NONE =
      new Tasks() {
        @Override
        public @Nullable TaskTimes process(int pid) {
          return null;
        }

        @Override
        public @Nullable TaskTimes thread(int tid) {
          return null;
        }

        @Override
        public int processOf(int tid) {
          return 0;
        }

        @Override
        public int[] threads(int pid) {
          return new int[0];
        }

        @Override
        public int policy(int tid) {
          return 0;
        }

        @Override
        public Map<Integer, CpuTime> processors() {
          return Map.of();
        }
      };

  /** The times of a process, also of a zombie. Null if its parent has waited for it. */
  @Nullable TaskTimes process(int pid);

  /** The times of one thread. Null if it has ended. */
  @Nullable TaskTimes thread(int tid);

  /** The process that a thread belongs to; 0 if it has ended. */
  int processOf(int tid);

  /** The threads of a process that have not ended. */
  int[] threads(int pid);

  /** The scheduling policy of a thread, as {@code sched_getscheduler}; 0 if it has ended. */
  int policy(int tid);

  /** What all tasks together used of each working processor since the computer started. */
  Map<Integer, CpuTime> processors();
}
