package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.Arrays;
import java.util.List;

/**
 * The table of files of the hugetlb controller: {@code __hugetlb_cgroup_file_legacy_init}. Each
 * size of huge pages that the machine has brings all of them.
 */
public final class HugetlbFiles {
  private HugetlbFiles() {}

  /** The rows of all sizes, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return Arrays.stream(HugePageSize.values()).flatMap(each -> rows(each).stream()).toList();
  }

  private static List<ControlFile> rows(HugePageSize size) {
    return List.of(
        row(size, "limit_in_bytes", limit(size, false), "hugetlb_cgroup_write").build(),
        reserved(size, "rsvd.limit_in_bytes", limit(size, true), "hugetlb_cgroup_write"),
        row(size, "usage_in_bytes", zero(), "hugetlb_cgroup_read_u64").build(),
        reserved(size, "rsvd.usage_in_bytes", zero(), "hugetlb_cgroup_read_u64"),
        row(size, "max_usage_in_bytes", new RecordHandler(), "hugetlb_cgroup_reset").build(),
        reserved(size, "rsvd.max_usage_in_bytes", new RecordHandler(), "hugetlb_cgroup_reset"),
        row(size, "failcnt", new RecordHandler(), "hugetlb_cgroup_reset").build(),
        reserved(size, "rsvd.failcnt", new RecordHandler(), "hugetlb_cgroup_reset"),
        row(
                size,
                "numa_stat",
                new ReportHandler(
                    target -> target.tree().controller(HugetlbController.class).numaStat()),
                "hugetlb_cgroup_read_numa_stat")
            .requiring(KernelFeature.HUGETLB_NUMA_STAT)
            .build());
  }

  private static LimitHandler limit(HugePageSize size, boolean reserved) {
    return new LimitHandler(new HugetlbGroup.Limit(size, reserved));
  }

  private static NumberHandler zero() {
    return NumberHandler.readOnly(target -> 0);
  }

  private static ControlFile reserved(
      HugePageSize size, String name, Handler handler, String source) {
    return row(size, name, handler, source).requiring(KernelFeature.HUGETLB_RESERVATIONS).build();
  }

  private static ControlFile.Builder row(
      HugePageSize size, String name, Handler handler, String source) {
    return ControlFile.of(size.owner(), name, handler, Fidelity.STUB, source);
  }
}
