package io.github.vcgroupfs.cgroupfs.core;

import static io.github.vcgroupfs.cgroupfs.file.Visibility.EVERYWHERE;
import static io.github.vcgroupfs.cgroupfs.file.Visibility.NOT_ON_ROOT;
import static io.github.vcgroupfs.cgroupfs.file.Visibility.ROOT_ONLY;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NameOnlyHandler;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedHandler;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.List;

/**
 * The files of this program, {@code sim.*}, which no kernel has. A directory lists them last. What
 * is in each comes from elsewhere: from the traffic, the memory controller, the file system, or the
 * view of the host.
 */
public final class SimFiles {
  private SimFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        commands(Served.TCP_FLOWS, NOT_ON_ROOT, "rulings.md, flows").build(),
        report(Served.TCP_SOCKETS, NOT_ON_ROOT, "rulings.md, sockets").differingByReader().build(),
        commands(Served.TCP_RELAY, NOT_ON_ROOT, "rulings.md, relay").differingByReader().build(),
        report(Served.TCP_STAT, EVERYWHERE, "rulings.md, TCP figures").build(),
        commands(Served.TCP_MEM, ROOT_ONLY, "rulings.md, machine thresholds; proc_tcp_mem").build(),
        report(Served.GROUPS, EVERYWHERE, "rulings.md, groups").differingByReader().build(),
        commands(Served.FAULT, EVERYWHERE, "rulings.md, faults").build(),
        report(Served.WHY, EVERYWHERE, "rulings.md, why").differingByReader().build(),
        report(Served.JOURNAL, ROOT_ONLY, "rulings.md, journal").differingByReader().build(),
        report(Served.QUOTA, ROOT_ONLY, "rulings.md, quotas").differingByReader().build(),
        report(Served.STATIC_BRANCH, ROOT_ONLY, "rulings.md, static branch").build(),
        row(Served.PROC, new NameOnlyHandler(), ROOT_ONLY, "rulings.md, proc files")
            .servedAs(Served.PROC_CGROUPS)
            .asFolder()
            .build(),
        proc(Served.PROC_CGROUPS, "proc_cgroupstats_show"),
        proc(Served.PROC_MOUNTS, "show_vfsmnt"),
        proc(Served.PROC_MOUNTINFO, "show_mountinfo"),
        proc(Served.PROC_CGROUP, "proc_cgroup_show"));
  }

  private static ControlFile proc(Served which, String source) {
    return report(which, ROOT_ONLY, source).differingByReader().build();
  }

  private static ControlFile.Builder commands(Served which, Visibility where, String source) {
    return row(which, new ServedHandler(which, WriteShape.COMMAND), where, source);
  }

  private static ControlFile.Builder report(Served which, Visibility where, String source) {
    return row(which, new ServedHandler(which, WriteShape.NONE), where, source);
  }

  private static ControlFile.Builder row(
      Served which, Handler handler, Visibility where, String source) {
    return ControlFile.of(FileOwner.OURS, which.fileName(), handler, Fidelity.ENFORCED, source)
        .servedAs(which)
        .visible(where)
        .requiring(KernelFeature.SIM_FILES);
  }
}
