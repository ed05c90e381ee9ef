package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;

/** For {@code pids.max}: shows and sets the limit, a number or {@code max}. Has no state. */
final class PidsMaxHandler implements Restorable {
  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  /** {@code pids_max_show}. */
  @Override
  public String read(FileTarget target) {
    return PidsLimit.show(PidsGroup.of(target.group()).limit()) + "\n";
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    long limit = PidsLimit.parse(written);
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              PidsGroup.of(target.group()).setLimit(limit);
            });
  }

  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    write(target, recorded.getBytes(StandardCharsets.ISO_8859_1));
  }
}
