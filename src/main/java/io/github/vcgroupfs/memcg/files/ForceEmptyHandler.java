package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;

/** For {@code memory.force_empty}: any write starts it, whatever the text. Has no state. */
final class ForceEmptyHandler implements Handler {

  @Override
  public WriteShape writeShape() {
    return WriteShape.RESET;
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    MemoryTarget.memory(target).forceEmpty(MemoryTarget.group(target));
  }
}
