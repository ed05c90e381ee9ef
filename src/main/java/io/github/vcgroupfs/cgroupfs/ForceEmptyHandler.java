package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Set;

/** {@code memory.force_empty}: any write triggers it. Stateless. */
record ForceEmptyHandler() implements Handler {

  @Override
  public WriteShape writeShape() {
    return WriteShape.RESET;
  }

  @Override
  public Set<Errno> errors() {
    return Set.of(Errno.EBUSY);
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    target.tree().forceEmpty(target.group());
  }
}
