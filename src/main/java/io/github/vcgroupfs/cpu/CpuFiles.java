package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.List;

/** The table of files of the cpu controller: {@code cpu_legacy_files[]}. The root has them all. */
public final class CpuFiles {
  private static final FileOwner OWNER = FileOwner.controller(CpuController.NAME);

  private CpuFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        row("shares", shares(), Fidelity.STUB, "cpu_shares_write_u64").build(),
        row("idle", idle(), Fidelity.STUB, "cpu_idle_write_s64")
            .requiring(KernelFeature.CPU_IDLE)
            .build(),
        row("cfs_quota_us", quota(), Fidelity.STUB, "tg_set_cfs_quota").build(),
        row("cfs_period_us", period(), Fidelity.STUB, "tg_set_cfs_period").build(),
        row("cfs_burst_us", burst(), Fidelity.STUB, "tg_set_cfs_burst")
            .requiring(KernelFeature.CFS_BURST)
            .build(),
        // nobody is ever throttled here
        row("stat", new ReportHandler(CpuFiles::stat), Fidelity.STUB, "cpu_cfs_stat_show").build(),
        row(
                "stat.local",
                new ReportHandler(target -> "throttled_time 0\n"),
                Fidelity.STUB,
                "cpu_cfs_local_stat_show")
            .requiring(KernelFeature.CPU_STAT_LOCAL)
            .build(),
        row("rt_runtime_us", rtRuntime(), Fidelity.STUB, "sched_group_set_rt_runtime")
            .failing(Errno.EBUSY)
            .requiring(KernelFeature.RT_GROUP_SCHED)
            .build(),
        row("rt_period_us", rtPeriod(), Fidelity.STUB, "sched_group_set_rt_period")
            .requiring(KernelFeature.RT_GROUP_SCHED)
            .build());
  }

  private static Handler shares() {
    return NumberHandler.writable(
        target -> CpuGroup.of(target.group()).shares(),
        change(
            (target, value) ->
                ShareRules.setShares(target.group(), value, target.tree().profile())));
  }

  private static Handler idle() {
    return NumberHandler.signed(
        target -> CpuGroup.of(target.group()).isIdle() ? 1 : 0,
        change((target, value) -> ShareRules.setIdle(target.group(), value)));
  }

  private static Handler quota() {
    return NumberHandler.signed(
        target -> CpuGroup.of(target.group()).cfs().quotaUs(),
        change(
            (target, us) -> {
              KernelProfile profile = target.tree().profile();
              long ns = us < 0 ? Ratio.UNLIMITED : Microseconds.toNanos(us, profile);
              CfsBandwidth now = CpuGroup.of(target.group()).cfs();
              controller(target).cfs().set(target.group(), now.withQuota(ns));
            }));
  }

  private static Handler period() {
    return NumberHandler.writable(
        target -> Microseconds.of(CpuGroup.of(target.group()).cfs().periodNs()),
        change(
            (target, us) -> {
              KernelProfile profile = target.tree().profile();
              CfsBandwidth now = CpuGroup.of(target.group()).cfs();
              long ns = Microseconds.toNanos(us, profile);
              controller(target).cfs().set(target.group(), now.withPeriod(ns));
            }));
  }

  private static Handler burst() {
    return NumberHandler.writable(
        target -> Microseconds.of(CpuGroup.of(target.group()).cfs().burstNs()),
        change(
            (target, us) -> {
              KernelProfile profile = target.tree().profile();
              CfsBandwidth now = CpuGroup.of(target.group()).cfs();
              long ns = Microseconds.toNanos(us, profile);
              controller(target).cfs().set(target.group(), now.withBurst(ns));
            }));
  }

  private static Handler rtRuntime() {
    return NumberHandler.signed(
        target -> CpuGroup.of(target.group()).rt().runtimeUs(),
        change(
            (target, us) -> {
              KernelProfile profile = target.tree().profile();
              long ns = us < 0 ? Ratio.UNLIMITED : Microseconds.toNanos(us, profile);
              RtBandwidth now = CpuGroup.of(target.group()).rt();
              setRt(target, now.withRuntime(ns));
            }));
  }

  private static Handler rtPeriod() {
    return NumberHandler.writable(
        target -> Microseconds.of(CpuGroup.of(target.group()).rt().periodNs()),
        change(
            (target, us) -> {
              KernelProfile profile = target.tree().profile();
              RtBandwidth now = CpuGroup.of(target.group()).rt();
              setRt(target, now.withPeriod(Microseconds.toNanos(us, profile)));
            }));
  }

  private static void setRt(FileTarget target, RtBandwidth wanted) throws ErrnoException {
    CpuController controller = controller(target);
    controller.rt().set(target.group(), wanted, () -> controller.hasRealTimeTasks(target.group()));
  }

  private static CpuController controller(FileTarget target) {
    return target.tree().controller(CpuController.class);
  }

  private static String stat(FileTarget target) {
    String bursts =
        target.tree().profile().has(KernelFeature.CFS_BURST_STATISTICS)
            ? "nr_bursts 0\nburst_time 0\n"
            : "";
    return "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n" + bursts;
  }

  /** A number that is stored under the hierarchy's lock, in a group that is there. */
  private static NumberHandler.Store change(NumberHandler.Store store) {
    return (target, value) -> store(target, value, store);
  }

  private static void store(FileTarget target, long value, NumberHandler.Store store)
      throws ErrnoException {
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              store.store(target, value);
            });
  }

  private static ControlFile.Builder row(
      String name, Handler handler, Fidelity fidelity, String source) {
    return ControlFile.of(OWNER, name, handler, fidelity, source);
  }
}
