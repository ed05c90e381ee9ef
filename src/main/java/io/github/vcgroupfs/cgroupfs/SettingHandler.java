package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.Setting;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A flag or number: {@code read_u64} and {@code write_u64}. Stateless. */
record SettingHandler(Setting setting) implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  /** {@code mem_cgroup_hierarchy_write}: the flags that children depend on. */
  @Override
  public Set<Errno> errors() {
    return setting == Setting.USE_HIERARCHY || setting == Setting.INDEPENDENT_KMEM_LIMIT
        ? Set.of(Errno.EBUSY)
        : Set.of();
  }

  @Override
  public String read(Target target) {
    return Long.toUnsignedString(setting.of(target.group())) + "\n";
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
    target.tree().set(target.group(), setting, target.tree().profile().integers().parse(written));
  }
}
