package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.List;

/** Handlers for the statistics of a group. No I/O is counted here. Has no state. */
final class Statistics {
  private static final List<String> KINDS = List.of("Read", "Write", "Sync", "Async");

  private Statistics() {}

  /** Of each disk, a line for each kind of I/O: {@code __blkg_prfill_rwstat}. */
  static ReportHandler byKind() {
    return new ReportHandler(target -> byKind(target, devices(target)));
  }

  /** The same of the disks that are under BFQ. */
  static ReportHandler byKindUnderBfq() {
    return new ReportHandler(
        target ->
            byKind(
                target,
                devices(target).stream().filter(each -> isUnderBfq(target, each)).toList()));
  }

  /** Of each disk, one number: {@code __blkg_prfill_u64}. */
  static ReportHandler number() {
    return new ReportHandler(
        target -> {
          StringBuilder text = new StringBuilder();
          devices(target).forEach(each -> text.append(each.device()).append(" 0\n"));
          return text.toString();
        });
  }

  private static String byKind(FileTarget target, List<DeviceGroup> devices) {
    KernelProfile profile = target.tree().profile();
    StringBuilder text = new StringBuilder();
    for (DeviceGroup each : devices) {
      for (String kind : KINDS) {
        line(text, each, kind);
      }
      if (profile.has(KernelFeature.BLKIO_DISCARD)) {
        line(text, each, "Discard");
      }
      line(text, each, "Total");
    }
    return text.append("Total 0\n").toString();
  }

  private static void line(StringBuilder text, DeviceGroup device, String kind) {
    text.append(device.device()).append(' ').append(kind).append(" 0\n");
  }

  /** In old kernels, where a rule makes nothing, only I/O does. */
  private static List<DeviceGroup> devices(FileTarget target) {
    return DeviceRules.areThoseOf(target.tree().profile())
        ? BlkioGroup.of(target.group()).devices()
        : List.of();
  }

  private static boolean isUnderBfq(FileTarget target, DeviceGroup group) {
    return target
        .tree()
        .controller(BlkioController.class)
        .device(group.device())
        .filter(DeviceRules::isUnderBfq)
        .isPresent();
  }
}
