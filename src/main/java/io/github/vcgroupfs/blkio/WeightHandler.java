package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.function.Function;

/** Handlers for the weights of a group. Has no state. */
final class WeightHandler {
  private WeightHandler() {}

  /**
   * A handler: {@code cfq_set_weight}, {@code bfq_io_set_weight_legacy}.
   *
   * @param which the weight that the file of a group is for
   */
  static NumberHandler of(Function<FileTarget, Weight> which) {
    return NumberHandler.writable(
        target -> BlkioGroup.of(target.group()).weight(which.apply(target)),
        (target, value) -> {
          boolean refined = target.tree().profile().has(KernelFeature.BLKIO_REFINED_ERRORS);
          set(target, which.apply(target), value, refined ? Errno.ERANGE : Errno.EINVAL);
        });
  }

  /**
   * Sets a weight.
   *
   * @param refusal the error of this kernel if the value is too small or too large
   */
  static void set(FileTarget target, Weight which, long value, Errno refusal)
      throws ErrnoException {
    which.require(value, refusal);
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              BlkioGroup group = BlkioGroup.of(target.group());
              group.setWeight(which, value);
              if (which == Weight.BFQ) { // the disks' own weights go: bfq_group_set_weight
                group.devices().forEach(each -> each.set(which.ofDevice(), 0));
              }
            });
  }
}
