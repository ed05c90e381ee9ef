package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;

/**
 * Finds the task that a number means, and checks whether the caller may move it. The checks and
 * their order are those of {@code attach_task_by_pid} in {@code kernel/cgroup.c}. Thread-safe:
 * holds nothing that changes.
 */
final class AttachRules {
  private final ProcFs proc;
  private final PidNamespaces namespaces;

  AttachRules(ProcFs proc, PidNamespaces namespaces) {
    this.proc = proc;
    this.namespaces = namespaces;
  }

  /**
   * The task to move.
   *
   * @throws ErrnoException ESRCH if there is none, or it is exiting; EACCES if it is another
   *     user's; EINVAL if it is a kernel thread that must stay
   */
  TaskStatus requireMovable(int pid, Scope scope, Caller caller) throws ErrnoException {
    TaskStatus task = pid == 0 ? requireCaller(caller) : requireTask(pid, caller);
    requirePermission(task, caller);
    TaskStat stat = proc.stat(scope == Scope.PROCESS ? task.tgid() : task.tid());
    if (stat != null && stat.isBound()) {
      // kernel/cgroup.c: tsk == kthreadd_task || (tsk->flags & PF_NO_SETAFFINITY)
      throw new ErrnoException(
          Errno.EINVAL,
          "%d (%s) is a kernel thread bound to its place: it stays in the root; move user processes"
              .formatted(task.tid(), stat.comm()));
    }
    return task;
  }

  private TaskStatus requireCaller(Caller caller) throws ErrnoException {
    if (caller.tid() == 0) {
      throw new ErrnoException(
          Errno.ESRCH,
          "0 means the writer itself, but the writer cannot be seen from here: it is in another pid"
              + " namespace; let a process outside write its id");
    }
    TaskStatus self = proc.status(caller.tid());
    if (self == null) {
      throw new ErrnoException(
          Errno.ESRCH,
          "0 means the writer itself, but thread %d has exited; write the id of a live process"
              .formatted(caller.tid()));
    }
    return self;
  }

  private TaskStatus requireTask(int pid, Caller caller) throws ErrnoException {
    if (caller.tid() == 0) { // ours may be another process
      throw new ErrnoException(
          Errno.ESRCH,
          ("%d is a number of the writer's pid namespace, which cannot be seen from here: mount in one"
                  + " that holds the writer's, or let a process here write")
              .formatted(pid));
    }
    TaskStatus writer = proc.status(caller.tid());
    TaskStatus task;
    String why;
    if (writer != null && writer.isInOtherPidNamespace()) {
      task = namespaces.find(writer, pid);
      why = "no process %d in the writer's own pid namespace; write the id it has there";
    } else {
      task = pid > 0 ? proc.status(pid) : null;
      why = "no process %d: it has exited, or /proc hides it (hidepid); write the id of a live one";
    }
    if (task == null) {
      throw new ErrnoException(Errno.ESRCH, why.formatted(pid));
    }
    return task;
  }

  private static void requirePermission(TaskStatus task, Caller caller) throws ErrnoException {
    // kernel/cgroup.c: !euid 0 && euid != tcred->uid && euid != tcred->suid
    if (caller.uid() != 0
        && caller.uid() != task.uids().real()
        && caller.uid() != task.uids().saved()) {
      throw new ErrnoException(
          Errno.EACCES,
          ("uid %s, which opened the file, may not move process %d, whose real uid is %s and saved uid"
                  + " %s: open it as one of them or as 0")
              .formatted(
                  Integer.toUnsignedString(caller.uid()),
                  task.tid(),
                  Integer.toUnsignedString(task.uids().real()),
                  Integer.toUnsignedString(task.uids().saved())));
    }
  }
}
