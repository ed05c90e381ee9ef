package io.github.vcgroupfs.cgroupfs.core;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelText;

/**
 * For {@code release_agent}: the path of the program, which {@code cgroup_release_agent_write}
 * trims. Has no state, because the hierarchy keeps the path.
 */
final class ReleaseAgentHandler implements Restorable {
  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.PATH;
  }

  @Override
  public String read(FileTarget target) {
    return target.tree().releases().agent() + "\n";
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(FileTarget target, String recorded) {
    target.tree().releases().setAgent(KernelText.strip(recorded));
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    boolean allowed =
        target.openedByAdmin()
            || !target.tree().profile().has(KernelFeature.RELEASE_AGENT_NEEDS_CAPABILITY);
    target.mount().sharing().rights().requireReleaseAgent(target.caller(), allowed);
    target.tree().releases().setAgent(KernelText.strip(KernelText.of(written)));
  }
}
