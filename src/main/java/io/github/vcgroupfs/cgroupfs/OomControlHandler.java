package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.Setting;

/** {@code memory.oom_control}: lines to read, a flag to write. Stateless. */
record OomControlHandler() implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  @Override
  public String read(Target target) {
    return Reports.oomControl(target);
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  /** The flag; that it was short of memory is no state of ours. */
  @Override
  public void restore(Target target, String recorded) {
    if (recorded.startsWith("oom_kill_disable 1\n")) {
      new SettingHandler(Setting.OOM_KILL_DISABLE).restore(target, "1\n");
    }
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    new SettingHandler(Setting.OOM_KILL_DISABLE).write(target, written);
  }
}
