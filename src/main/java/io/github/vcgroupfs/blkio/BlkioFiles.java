package io.github.vcgroupfs.blkio;

import static io.github.vcgroupfs.cgroupfs.file.Fidelity.STUB;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of files of the blkio controller: {@code blkcg_legacy_files[]}, and those of its
 * policies: {@code cfq_blkcg_legacy_files[]}, {@code throtl_legacy_files[]}, {@code
 * bfq_blkcg_legacy_files[]}. Those that a kernel has only for debugging are left out.
 */
public final class BlkioFiles {
  private static final FileOwner OWNER = FileOwner.controller(BlkioController.NAME);

  private BlkioFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    List<ControlFile> rows = new ArrayList<>();
    rows.add(row("reset_stats", new ResetStatsHandler(), "blkcg_reset_stats").build());
    rows.addAll(throttle());
    rows.addAll(cfq());
    rows.addAll(bfq());
    return rows;
  }

  private static List<ControlFile> throttle() {
    return List.of(
        limit("throttle.read_bps_device", DeviceSetting.READ_BPS),
        limit("throttle.write_bps_device", DeviceSetting.WRITE_BPS),
        limit("throttle.read_iops_device", DeviceSetting.READ_IOPS),
        limit("throttle.write_iops_device", DeviceSetting.WRITE_IOPS),
        row("throttle.io_service_bytes", Statistics.byKind(), "tg_print_rwstat").build(),
        row("throttle.io_service_bytes_recursive", Statistics.byKind(), "tg_print_rwstat_recursive")
            .requiring(KernelFeature.THROTTLE_RECURSIVE)
            .build(),
        row("throttle.io_serviced", Statistics.byKind(), "tg_print_rwstat").build(),
        row("throttle.io_serviced_recursive", Statistics.byKind(), "tg_print_rwstat_recursive")
            .requiring(KernelFeature.THROTTLE_RECURSIVE)
            .build());
  }

  private static ControlFile limit(String name, DeviceSetting setting) {
    return row(name, DeviceRuleHandler.limit(setting), "tg_set_conf").failing(Errno.ENODEV).build();
  }

  private static List<ControlFile> cfq() {
    return List.of(
        cfq(
            "weight_device",
            DeviceRuleHandler.weight(BlkioFiles::weightOfGroup),
            "cfqg_set_weight_device"),
        cfq("weight", WeightHandler.of(BlkioFiles::weightOfGroup), "cfq_set_weight"),
        leaf(
            "leaf_weight_device",
            DeviceRuleHandler.weight(target -> Weight.CFQ_LEAF),
            "cfqg_set_leaf_weight_device"),
        leaf("leaf_weight", WeightHandler.of(target -> Weight.CFQ_LEAF), "cfq_set_leaf_weight"),
        cfq("time", Statistics.number(), "cfqg_print_stat"),
        cfq("sectors", Statistics.number(), "cfqg_print_stat_sectors"),
        cfq("io_service_bytes", Statistics.byKind(), "cfqg_print_rwstat"),
        cfq("io_serviced", Statistics.byKind(), "cfqg_print_rwstat"),
        cfq("io_service_time", Statistics.byKind(), "cfqg_print_rwstat"),
        cfq("io_wait_time", Statistics.byKind(), "cfqg_print_rwstat"),
        cfq("io_merged", Statistics.byKind(), "cfqg_print_rwstat"),
        cfq("io_queued", Statistics.byKind(), "cfqg_print_rwstat"),
        leaf("time_recursive", Statistics.number(), "cfqg_print_stat_recursive"),
        leaf("sectors_recursive", Statistics.number(), "cfqg_print_stat_sectors_recursive"),
        leaf("io_service_bytes_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"),
        leaf("io_serviced_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"),
        leaf("io_service_time_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"),
        leaf("io_wait_time_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"),
        leaf("io_merged_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"),
        leaf("io_queued_recursive", Statistics.byKind(), "cfqg_print_rwstat_recursive"));
  }

  /** The root's weight stands for that of its own tasks: {@code cfq_blkcg_legacy_files}. */
  private static Weight weightOfGroup(FileTarget target) {
    boolean ofTasks =
        target.group().isRoot() && target.tree().profile().has(KernelFeature.CFQ_LEAF_WEIGHTS);
    return ofTasks ? Weight.CFQ_LEAF : Weight.CFQ;
  }

  private static ControlFile cfq(String name, Handler handler, String source) {
    return row(name, handler, source)
        .requiring(KernelFeature.CFQ_GROUPS)
        .failing(Errno.ENODEV, Errno.ERANGE)
        .build();
  }

  private static ControlFile leaf(String name, Handler handler, String source) {
    return row(name, handler, source)
        .requiring(KernelFeature.CFQ_LEAF_WEIGHTS)
        .failing(Errno.ENODEV, Errno.ERANGE)
        .build();
  }

  private static List<ControlFile> bfq() {
    return List.of(
        bfq("bfq.weight", WeightHandler.of(target -> Weight.BFQ), "bfq_io_set_weight_legacy")
            .visible(Visibility.NOT_ON_ROOT)
            .build(),
        bfq("bfq.weight_device", new BfqWeightsHandler(), "bfq_io_set_weight")
            .visible(Visibility.NOT_ON_ROOT)
            .build(),
        bfq("bfq.io_service_bytes", Statistics.byKindUnderBfq(), "bfqg_print_rwstat").build(),
        bfq("bfq.io_serviced", Statistics.byKindUnderBfq(), "bfqg_print_rwstat").build(),
        bfq(
                "bfq.io_service_bytes_recursive",
                Statistics.byKindUnderBfq(),
                "bfqg_print_rwstat_recursive")
            .build(),
        bfq("bfq.io_serviced_recursive", Statistics.byKindUnderBfq(), "bfqg_print_rwstat_recursive")
            .build());
  }

  private static ControlFile.Builder bfq(String name, Handler handler, String source) {
    return row(name, handler, source)
        .requiring(KernelFeature.BFQ_GROUPS)
        .failing(Errno.ENODEV, Errno.ERANGE, Errno.EOPNOTSUPP);
  }

  private static ControlFile.Builder row(String name, Handler handler, String source) {
    return ControlFile.of(OWNER, name, handler, STUB, source);
  }
}
