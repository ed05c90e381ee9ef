package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStatus;

/**
 * Looks callers up in {@code /proc}. A caller waits for the answer to his call, so his thread id is
 * his for as long; should he be killed meanwhile, he gets nothing.
 *
 * <p>Thread-safe.
 */
public final class ProcTasks implements Tasks {
  /** {@code include/uapi/linux/capability.h}. */
  private static final int CAP_SYS_ADMIN = 21;

  private static final String USER = "user";
  private static final String NETWORK = "net";
  private static final int SELF = 0;

  private final ProcReader proc = new ProcReader("/proc");

  /** Reads this machine's {@code /proc}. */
  public ProcTasks() {}

  @Override
  public boolean isAdmin(Caller caller) {
    TaskStatus status = caller.tid() == 0 ? null : proc.status(caller.tid());
    return status != null && status.has(CAP_SYS_ADMIN) && isInOurs(USER, caller);
  }

  @Override
  public boolean sharesNetwork(Caller caller) {
    return isInOurs(NETWORK, caller);
  }

  private boolean isInOurs(String kind, Caller caller) {
    String his = caller.tid() == 0 ? null : proc.namespace(caller.tid(), kind);
    return his != null && his.equals(proc.namespace(SELF, kind));
  }
}
