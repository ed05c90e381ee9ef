package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;

/** {@code memory.force_empty}: any write triggers it. Stateless. */
record ForceEmptyHandler() implements Handler {

  @Override
  public WriteShape writeShape() {
    return WriteShape.RESET;
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    target.tree().forceEmpty(target.group());
  }
}
