package io.github.vcgroupfs.os;

import org.jspecify.annotations.Nullable;

/**
 * The files of {@code /proc} that say which processes and threads there are. Reading one of them
 * never waits for the memory of the process that it is about. So it is safe even while that process
 * waits for an answer from us.
 *
 * <p>Implementations are thread-safe. All ids are those of the daemon's pid namespace.
 */
public interface ProcFs {
  /**
   * The ids of all processes, in no order, zombies included. Empty if they cannot be listed now.
   */
  int[] processes();

  /** {@code /proc/TID/stat} of a process or a thread. Null if it has ended or cannot be read. */
  @Nullable TaskStat stat(int tid);

  /** {@code /proc/TID/status}. Null if it has ended or cannot be read. */
  @Nullable TaskStatus status(int tid);

  /** Whether {@code /proc/TID} exists, readable or not. Needs no file descriptor. */
  boolean exists(int tid);

  /** The ids of the threads of a process, {@code /proc/PID/task}. Empty if it has ended. */
  int[] threads(int pid);

  /** Whether any thread of the process is alive. The first thread may die before the others. */
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
   * Whether a thread that is in state {@code D} waits for a child of vfork(2) to become a program
   * or to end, by {@code /proc/TID/wchan}. False also where a kernel does not tell us.
   */
  boolean waitsForVfork(int tid);

  /**
   * The child processes of one thread, {@code /proc/PID/task/TID/children}. Empty if it has none,
   * has ended, or this kernel was built without that file.
   */
  int[] children(int pid, int tid);

  /**
   * The name of a pid namespace, {@code /proc/TID/ns/pid}: that of a process, or one that contains
   * it. Null if it may not be read.
   *
   * @param levelsUp 0 for the namespace of the process itself, 1 for the one around it, and so on
   */
  @Nullable String pidNamespace(int tid, int levelsUp);

  /**
   * How long the machine has run, {@code /proc/uptime}, in clock ticks as {@link
   * TaskStat#startTime}. 0 if it cannot be read.
   */
  long uptimeTicks();
}
