package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * For {@code blkio.reset_stats}: any whole number sets the statistics to 0, which they are already.
 * Has no state.
 */
final class ResetStatsHandler implements Handler {
  @Override
  public WriteShape writeShape() {
    return WriteShape.INTEGER;
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    long unused = target.tree().profile().integers().parse(written);
  }
}
