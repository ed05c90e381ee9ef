package io.github.vcgroupfs.cgroupfs.core;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * For {@code tasks} and {@code cgroup.procs}: lists members, and moves the one that is written. Has
 * no state.
 */
final class PidsHandler implements Handler {
  private final Membership.Scope scope;

  /**
   * A list of members.
   *
   * @param scope processes or threads
   */
  PidsHandler(Membership.Scope scope) {
    this.scope = scope;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.PIDS;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  @Override
  public String read(FileTarget target) {
    Membership membership = target.tree().membership();
    int[] pids = membership.seenBy(target.caller(), membership.list(target.group(), scope));
    StringBuilder text = new StringBuilder(pids.length * 8);
    for (int pid : pids) {
      text.append(pid).append('\n');
    }
    return text.toString();
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    int pid = target.tree().profile().files().pids().parse(written);
    target.tree().attach(target.group(), pid, scope, target.caller());
  }
}
