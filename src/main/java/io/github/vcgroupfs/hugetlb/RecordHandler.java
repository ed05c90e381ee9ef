package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;

/**
 * For {@code hugetlb.SIZE.max_usage_in_bytes} and {@code failcnt}: any write sets them to 0, which
 * they are already. {@code hugetlb_cgroup_reset}. Has no state.
 */
final class RecordHandler implements Handler {
  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.RESET;
  }

  @Override
  public String read(FileTarget target) {
    return "0\n";
  }

  @Override
  public void write(FileTarget target, byte[] written) {}
}
