package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.CoreSetting;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;

/**
 * A flag of every hierarchy: every non-zero number sets it. {@code cgroup_write_notify_on_release}.
 * Stateless.
 */
record CoreSettingHandler(CoreSetting setting) implements Handler {
  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  @Override
  public String read(Target target) {
    return setting.of(target.group().cgroup()) ? "1\n" : "0\n";
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(Target target, String recorded) {
    if (!recorded.equals(read(target))) {
      Restored.tryTo(() -> write(target, recorded.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    long value = target.tree().profile().integers().parse(written);
    target.tree().tree().set(target.group().cgroup(), setting, value != 0);
  }
}
