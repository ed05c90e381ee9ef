package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.KernelText;

/**
 * {@code release_agent}: the path is kept and shown. {@code cgroup_release_agent_write} trims it.
 * One object a mount; the value is volatile.
 */
final class ReleaseAgentHandler implements Handler {
  private volatile String path = "";

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
    return path + "\n";
  }

  @Override
  public void write(Target target, byte[] written) {
    path = KernelText.strip(KernelText.of(written));
  }
}
