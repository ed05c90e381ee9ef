package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.devices.DevicesGroup.Access;
import io.github.vcgroupfs.devices.DevicesGroup.Behavior;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;

/** For {@code devices.list}: {@code devcgroup_seq_show}. Has no state. */
final class DevicesListHandler implements Restorable {
  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public String read(FileTarget target) {
    return DevicesGroup.of(target.group()).access().show();
  }

  /** Before there are child groups, for they take over what their parent has. */
  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  /** Takes the list as it was, whatever the parent has. */
  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    if (agrees(target, recorded)) {
      return; // it may have exceptions that no list shows
    }
    AccessRules rules = target.tree().controller(DevicesController.class).rules();
    Access access = Access.of(Behavior.DEFAULT_DENY);
    for (String line : recorded.lines().toList()) {
      ExceptionItem item = rules.parse(line.getBytes(StandardCharsets.ISO_8859_1));
      access = item.equals(ExceptionItem.ALL) ? rules.ofRoot() : access.plus(item);
    }
    Access restored = access;
    Cgroup group = target.group();
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              DevicesGroup.of(group).set(restored);
            });
  }
}
