package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.KernelText;

/**
 * {@code release_agent}: the path, which {@code cgroup_release_agent_write} trims. Stateless: the
 * hierarchy keeps it.
 */
final class ReleaseAgentHandler implements Handler {
  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.PATH;
  }

  @Override
  public String read(Target target) {
    return target.tree().releases().agent() + "\n";
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(Target target, String recorded) {
    target.tree().releases().setAgent(KernelText.strip(recorded));
  }

  @Override
  public void write(Target target, byte[] written) {
    target.tree().releases().setAgent(KernelText.strip(KernelText.of(written)));
  }
}
