package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says which processes are in which group. This is a port: there is an implementation that looks at
 * {@code /proc}, and there are others.
 *
 * <p><b>Concurrency:</b> methods are called from any thread, with or without the lock of the
 * hierarchy. An implementation has locks of its own.
 */
public interface Membership extends AutoCloseable {
  /** A membership without processes: every pid is unknown. For simulations and tests. */
  Membership NOBODY =
      new Membership() {
        @Override
        public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
            throws ErrnoException {
          throw new ErrnoException(
              Errno.ESRCH, "no process %d: there are none here".formatted(pid));
        }

        @Override
        public int[] list(Cgroup group, Scope scope) {
          return new int[0];
        }

        @Override
        public boolean isPopulated(Cgroup group) {
          return false;
        }

        @Override
        public String describe(int tid) {
          return "[" + tid + "]";
        }
      };

  /** Whether one thread is meant ({@code tasks}) or a whole process ({@code cgroup.procs}). */
  enum Scope {
    /** Exactly this one thread. */
    THREAD,
    /** All threads of the process that this thread belongs to. */
    PROCESS
  }

  /** Asks whether a task may be moved, once it is found and the caller may move it. */
  interface Consent {
    /**
     * Asks. Preconditions: the membership's own lock is not held.
     *
     * @param id the thread, or any thread of the process, in the daemon's pid namespace
     * @throws ErrnoException if somebody refuses; then nothing may be moved
     */
    void ask(int id) throws ErrnoException;
  }

  /**
   * Moves a thread or process into a group.
   *
   * @param pid a number in the caller's pid namespace; 0 means the caller itself
   * @param caller the process that writes; its uid is that of whoever opened the file
   * @param consent is asked before anything is moved
   * @throws ErrnoException ESRCH if there is no such process or it is exiting, EACCES if the caller
   *     may not move it, EINVAL if it must stay in its group; or the error of who refused consent
   */
  void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException;

  /**
   * The members that are alive now, in ascending order. These are ids of threads or of processes,
   * in the daemon's pid namespace.
   */
  int[] list(Cgroup group, Scope scope);

  /** How many processes are in which group, at one moment. */
  interface Census {
    /** How many are in that one: as many as {@link Membership#list} has. */
    int processes(Cgroup group);
  }

  /** Counts the processes of all groups. Costs little more than the list of one group. */
  default Census census() {
    return group -> list(group, Scope.PROCESS).length;
  }

  /**
   * The group of a thread; null if it is in the root, or is not known.
   *
   * @param root the group at the top
   * @param tid in the daemon's pid namespace
   */
  default @Nullable Cgroup groupOf(Cgroup root, int tid) {
    for (Cgroup child : root.children()) {
      boolean member = Arrays.binarySearch(list(child, Scope.THREAD), tid) >= 0;
      Cgroup found = member ? child : groupOf(child, tid);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The same processes with the numbers that they have in the reader's pid namespace, in ascending
   * order. Those that the reader cannot see are left out.
   */
  default int[] seenBy(Caller reader, int[] ids) {
    return ids;
  }

  /**
   * Whether a process or thread that is alive is in the group. This is asked often, so it must be
   * cheap for a group that never had one.
   */
  boolean isPopulated(Cgroup group);

  /**
   * The group was removed. It has no members and will never have any. Called under the hierarchy's
   * lock.
   */
  default void removed(Cgroup group) {}

  /**
   * Releases what this object keeps outside this process. Preconditions: nothing is moved any more.
   */
  @Override
  default void close() {}

  /**
   * How a log line names a thread: {@code bash[4711]}, the name of its process and the id. Never
   * fails.
   */
  String describe(int tid);
}
