package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * For {@code devices.allow} and {@code devices.deny}: {@code devcgroup_access_write}. Has no state.
 */
final class DevicesAccessHandler implements Handler {
  private final Change change;

  DevicesAccessHandler(Change change) {
    this.change = change;
  }

  /** What is done with the devices that were written. */
  interface Change {
    /** Changes what a group has, under the hierarchy's lock. */
    void make(AccessRules rules, Cgroup group, ExceptionItem item) throws ErrnoException;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    target.mount().sharing().rights().requireAdmin(target.caller());
    AccessRules rules = target.tree().controller(DevicesController.class).rules();
    ExceptionItem item = rules.parse(written);
    Cgroup group = target.group();
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              change.make(rules, group, item);
            });
  }
}
