package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Set;

/** {@code tasks} and {@code cgroup.procs}. Stateless. */
record PidsHandler(Membership.Scope scope) implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.PIDS;
  }

  /** Ids are those of the reader's pid namespace. */
  @Override
  public boolean differsByReader() {
    return true;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  /** {@code cgroup_procs_write_start}, {@code cgroup_attach_task}: of the task that is moved. */
  @Override
  public Set<Errno> errors() {
    return Set.of(Errno.ESRCH, Errno.EACCES, Errno.EPERM, Errno.EAGAIN, Errno.EBUSY);
  }

  @Override
  public String read(Target target) {
    Membership membership = target.tree().membership();
    int[] pids =
        membership.seenBy(target.caller(), membership.list(target.group().cgroup(), scope));
    StringBuilder text = new StringBuilder(pids.length * 8);
    for (int pid : pids) {
      text.append(pid).append('\n');
    }
    return text.toString();
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    int pid = target.tree().profile().files().pids().parse(written);
    target.tree().attach(target.group(), pid, scope, target.caller());
  }
}
