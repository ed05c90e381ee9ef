package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * Which processes are in which group: the port through which a back end answers, {@code /proc} or
 * another. A back end is asked under the hierarchy's lock or without it, from any thread, and
 * guards itself.
 */
public interface Membership extends AutoCloseable {
  /** A world without processes: every pid is unknown. For simulations and tests. */
  Membership NOBODY =
      new Membership() {
        @Override
        public void attach(Cgroup group, int pid, Scope scope, Caller caller)
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

  /** One thread ({@code tasks}) or all threads of a process ({@code cgroup.procs}). */
  enum Scope {
    /** Exactly that thread. */
    THREAD,
    /** The whole thread group of that thread. */
    PROCESS
  }

  /**
   * Moves a thread or process into a group.
   *
   * @param pid in the caller's pid namespace; 0 is the caller itself
   * @param caller who writes; its uid is that of whoever opened the file
   * @throws ErrnoException ESRCH if there is no such task or it is exiting, EACCES if the caller
   *     may not move it, EINVAL if it is bound to its group
   */
  void attach(Cgroup group, int pid, Scope scope, Caller caller) throws ErrnoException;

  /**
   * The members alive now, ascending: thread ids, or ids of processes, in the daemon's pid
   * namespace.
   */
  int[] list(Cgroup group, Scope scope);

  /**
   * Those ids as the reader's pid namespace counts them, ascending; tasks that the reader cannot
   * see are left out.
   */
  default int[] seenBy(Caller reader, int[] ids) {
    return ids;
  }

  /** Whether a live process or thread is in the group. Asked often: cheap if none ever was. */
  boolean isPopulated(Cgroup group);

  /**
   * The group was removed: nobody is in it, and nobody will be. Called under the hierarchy's lock.
   */
  default void removed(Cgroup group) {}

  /** Lets go of what it keeps outside this process. Preconditions: no more moves. */
  @Override
  default void close() {}

  /** A thread for a log line: {@code bash[4711]}, the process's name and id; never fails. */
  String describe(int tid);
}
