package io.github.vcgroupfs.freezer;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.freezer.FreezerGroup.State;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelText;

/** For {@code freezer.state}: {@code freezer_read}, {@code freezer_write}. Has no state. */
final class FreezerStateHandler implements Restorable {
  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STATE;
  }

  /** Before 3.8 it cannot be read after the group was removed: {@code cgroup_lock_live_group}. */
  @Override
  public String read(FileTarget target) throws ErrnoException {
    if (!target.tree().profile().has(KernelFeature.FREEZER_HIERARCHY)) {
      TreeRules.requireAlive(target.group());
    }
    return controller(target).state(target.group()) + "\n";
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    if (text.equals(State.FROZEN.name())) {
      controller(target).change(target.group(), target.caller());
    } else if (text.equals(State.THAWED.name())) {
      controller(target).change(target.group(), null);
    } else {
      throw new ErrnoException(
          Errno.EINVAL,
          "\"%s\" is no state that can be written: write FROZEN or THAWED".formatted(text));
    }
  }

  private static FreezerController controller(FileTarget target) {
    return target.tree().controller(FreezerController.class);
  }

  /** Before there are child groups, for they take over that their parent freezes. */
  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    boolean thawed = recorded.strip().equals(State.THAWED.name());
    if (!thawed && !FreezerGroup.of(target.group()).freezing()) {
      controller(target).change(target.group(), target.caller());
    }
  }

  /** Whether its members have stopped is a matter of now. */
  @Override
  public boolean agrees(FileTarget target, String recorded) {
    return true;
  }
}
