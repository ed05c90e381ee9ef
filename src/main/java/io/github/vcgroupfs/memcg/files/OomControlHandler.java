package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.Setting;

/**
 * For {@code memory.oom_control}: a read shows several lines, a write sets one flag. Has no state.
 */
final class OomControlHandler implements Restorable {

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  @Override
  public String read(FileTarget target) {
    return Reports.oomControl(target);
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  /** The flag; that it was short of memory is no state of ours. */
  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    if (recorded.startsWith("oom_kill_disable 1\n")) {
      set(target, 1);
    }
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    set(target, target.tree().profile().integers().parse(written));
  }

  private static void set(FileTarget target, long flag) throws ErrnoException {
    MemoryTarget.memory(target).set(MemoryTarget.group(target), Setting.OOM_KILL_DISABLE, flag);
  }
}
