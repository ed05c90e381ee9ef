package io.github.vcgroupfs.cpuacct;

import io.github.vcgroupfs.cgroup.CpuTime;
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
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The table of files of the cpuacct controller: {@code files[]} of {@code cpuacct.c}. */
public final class CpuacctFiles {
  private static final FileOwner OWNER = FileOwner.controller(CpuacctController.NAME);

  /** A clock tick of user space, {@code USER_HZ}. */
  private static final long TICK_NS = 10_000_000;

  private CpuacctFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        row(
                "usage",
                NumberHandler.writable(
                    target -> total(target, Usage.OfCpu::runtimeNs), CpuacctFiles::write),
                "cpuusage_write")
            .build(),
        row("usage_user", number(Usage.OfCpu::userNs), "cpuusage_user_read")
            .requiring(KernelFeature.CPUACCT_USER_AND_SYS)
            .build(),
        row("usage_sys", number(Usage.OfCpu::systemNs), "cpuusage_sys_read")
            .requiring(KernelFeature.CPUACCT_USER_AND_SYS)
            .build(),
        row("usage_percpu", list(Usage.OfCpu::runtimeNs), "cpuacct_percpu_seq_show").build(),
        row("usage_percpu_user", list(Usage.OfCpu::userNs), "cpuacct_percpu_user_seq_show")
            .requiring(KernelFeature.CPUACCT_USER_AND_SYS)
            .build(),
        row("usage_percpu_sys", list(Usage.OfCpu::systemNs), "cpuacct_percpu_sys_seq_show")
            .requiring(KernelFeature.CPUACCT_USER_AND_SYS)
            .build(),
        row("usage_all", new ReportHandler(CpuacctFiles::table), "cpuacct_all_seq_show")
            .requiring(KernelFeature.CPUACCT_USAGE_ALL)
            .build(),
        row("stat", new ReportHandler(CpuacctFiles::stat), "cpuacct_stats_show").build());
  }

  private static CpuacctController controller(FileTarget target) {
    return target.tree().controller(CpuacctController.class);
  }

  private static long total(FileTarget target, ToLongFunction<Usage.OfCpu> part) {
    return controller(target).total(target.group(), part);
  }

  private static Handler number(ToLongFunction<Usage.OfCpu> part) {
    return NumberHandler.readOnly(target -> total(target, part));
  }

  /** The numbers of the processors in one line, a blank behind each. */
  private static Handler list(ToLongFunction<Usage.OfCpu> part) {
    return new ReportHandler(
        target ->
            LongStream.of(controller(target).perCpu(target.group(), part))
                .mapToObj(each -> each + " ")
                .collect(Collectors.joining("", "", "\n")));
  }

  /** One line for each processor. */
  private static String table(FileTarget target) {
    long[] user = controller(target).perCpu(target.group(), Usage.OfCpu::userNs);
    long[] system = controller(target).perCpu(target.group(), Usage.OfCpu::systemNs);
    StringBuilder lines = new StringBuilder("cpu user system\n");
    int[] cpus = controller(target).cpus().stream().toArray();
    for (int i = 0; i < user.length; i++) {
      lines.append("%d %d %d\n".formatted(cpus[i], user[i], system[i]));
    }
    return lines.toString();
  }

  private static String stat(FileTarget target) {
    return "user %d\nsystem %d\n"
        .formatted(ticks(target, CpuTime::userNs), ticks(target, CpuTime::systemNs));
  }

  private static long ticks(FileTarget target, ToLongFunction<CpuTime> part) {
    return total(target, cpu -> part.applyAsLong(cpu.stat())) / TICK_NS;
  }

  private static void write(FileTarget target, long value) throws ErrnoException {
    if (value != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "usage cannot be set to %s: write 0 to begin anew"
              .formatted(Long.toUnsignedString(value)));
    }
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              controller(target).reset(target.group());
            });
  }

  private static ControlFile.Builder row(String name, Handler handler, String source) {
    return ControlFile.of(OWNER, name, handler, Fidelity.REPORTED, source);
  }
}
