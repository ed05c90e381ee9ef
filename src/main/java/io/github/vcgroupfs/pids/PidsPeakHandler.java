package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.KernelText;

/** For {@code pids.peak}: shows the highest number of tasks that was counted. Has no state. */
final class PidsPeakHandler implements Restorable {
  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.NONE;
  }

  /** {@code pids_peak_read}. */
  @Override
  public String read(FileTarget target) {
    return PidsGroup.of(target.group()).peak() + "\n";
  }

  @Override
  public Restoring restoring() {
    return Restoring.RECORDS;
  }

  /** A fixture has only numbers of 64 bits here. */
  @Override
  public void restore(FileTarget target, String recorded) {
    PidsGroup.of(target.group()).restorePeak(Long.parseUnsignedLong(KernelText.strip(recorded)));
  }
}
