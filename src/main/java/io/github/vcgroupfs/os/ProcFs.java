package io.github.vcgroupfs.os;

import org.jspecify.annotations.Nullable;

/**
 * The files of {@code /proc} that tell who is in which group. None of them waits for the memory of
 * the process it tells of, so reading them is safe while that process waits for an answer of ours.
 *
 * <p>Implementations are thread-safe. Every id is of the daemon's pid namespace.
 */
public interface ProcFs {
  /** The ids of all processes, zombies too, in no order; empty if they cannot be listed now. */
  int[] processes();

  /** {@code /proc/TID/stat} of a process or any thread; null if it is gone or cannot be read. */
  @Nullable TaskStat stat(int tid);

  /** {@code /proc/TID/status}; null if it is gone or cannot be read. */
  @Nullable TaskStatus status(int tid);

  /** Whether there is a {@code /proc/TID}, readable or not. Needs no file descriptor. */
  boolean exists(int tid);

  /** The thread ids of a process, {@code /proc/PID/task}; empty if it is gone. */
  int[] threads(int pid);

  /** Whether a thread of that process lives: its leader may be dead before it. */
  default boolean isLive(TaskStat process) {
    if (!process.isDead()) {
      return true;
    }
    if (process.numThreads() > 1) {
      for (int tid : threads(process.pid())) {
        TaskStat thread = tid == process.pid() ? null : stat(tid);
        if (thread != null && !thread.isDead()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The child processes of one thread, {@code /proc/PID/task/TID/children}; empty if it has none,
   * is gone, or this kernel was built without that file.
   */
  int[] children(int pid, int tid);

  /**
   * Names the pid namespace of a task, {@code /proc/TID/ns/pid}, or one that it lies in; null if it
   * may not be read.
   *
   * @param levelsUp 0 for the task's own
   */
  @Nullable String pidNamespace(int tid, int levelsUp);
}
