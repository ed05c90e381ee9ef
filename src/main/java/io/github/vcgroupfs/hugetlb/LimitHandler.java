package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;

/** For {@code hugetlb.SIZE.limit_in_bytes}: {@code hugetlb_cgroup_write}. Has no state. */
final class LimitHandler implements Restorable {
  private final HugetlbGroup.Limit which;

  /** A handler for one limit. */
  LimitHandler(HugetlbGroup.Limit which) {
    this.which = which;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  @Override
  public String read(FileTarget target) {
    HugetlbController hugetlb = target.tree().controller(HugetlbController.class);
    long unlimited = hugetlb.unlimited(which.size(), target.group().isRoot());
    long limit = HugetlbGroup.of(target.group()).get(which, unlimited);
    return Long.toUnsignedString(target.tree().profile().era().toBytes(limit)) + "\n";
  }

  /** Usage is 0, and so no limit is too low. */
  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    if (target.group().isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL, "the root has no limit: make a group, and write the limit there");
    }
    long limit = target.tree().profile().limits().parse(written);
    HugetlbController hugetlb = target.tree().controller(HugetlbController.class);
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              HugetlbGroup.of(target.group()).set(which, hugetlb.rounded(which.size(), limit));
            });
  }

  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    if (!agrees(target, recorded)) {
      write(target, recorded.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
