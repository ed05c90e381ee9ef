package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.blkio.BlkioController;
import io.github.vcgroupfs.blkio.BlkioFiles;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cpu.CpuController;
import io.github.vcgroupfs.cpu.CpuFiles;
import io.github.vcgroupfs.cpuacct.CpuacctController;
import io.github.vcgroupfs.cpuacct.CpuacctFiles;
import io.github.vcgroupfs.cpuset.CpusetController;
import io.github.vcgroupfs.cpuset.CpusetFiles;
import io.github.vcgroupfs.devices.DevicesController;
import io.github.vcgroupfs.devices.DevicesFiles;
import io.github.vcgroupfs.freezer.FreezerController;
import io.github.vcgroupfs.freezer.FreezerFiles;
import io.github.vcgroupfs.hugetlb.HugetlbController;
import io.github.vcgroupfs.hugetlb.HugetlbFiles;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
import io.github.vcgroupfs.netcls.NetClsController;
import io.github.vcgroupfs.netcls.NetClsFiles;
import io.github.vcgroupfs.netprio.NetPrioController;
import io.github.vcgroupfs.netprio.NetPrioFiles;
import io.github.vcgroupfs.perfevent.PerfEventController;
import io.github.vcgroupfs.pids.PidsController;
import io.github.vcgroupfs.pids.PidsFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of all controllers. To add a controller, add its row here. The order is that of {@code
 * include/linux/cgroup_subsys.h}, in which a kernel lists them.
 */
public final class Controllers {
  /** Of controllers that serve no {@code sim.*} files. */
  private static final ControllerKind.Server NO_SERVER = tree -> Map.of();

  /** {@code kernel/cgroup/cpuset.c} and {@code kernel/cgroup/cpuset-v1.c}. */
  private static final ControllerKind CPUSET =
      new ControllerKind(
          CpusetController.NAME,
          null,
          CpusetFiles::rows,
          around -> new CpusetController(around.profile(), around.machine()),
          NO_SERVER);

  /** {@code kernel/sched/core.c cpu_cgrp_subsys}. */
  private static final ControllerKind CPU =
      new ControllerKind(
          CpuController.NAME,
          null,
          CpuFiles::rows,
          around ->
              new CpuController(around.profile(), around.machine().tasks(), around.nanoTime()),
          NO_SERVER);

  /** {@code kernel/sched/cpuacct.c}. */
  private static final ControllerKind CPUACCT =
      new ControllerKind(
          CpuacctController.NAME,
          null,
          CpuacctFiles::rows,
          around -> new CpuacctController(around.profile(), around.machine()),
          NO_SERVER);

  /** {@code block/blk-cgroup.c}. */
  private static final ControllerKind BLKIO =
      new ControllerKind(
          BlkioController.NAME,
          null,
          BlkioFiles::rows,
          around -> new BlkioController(around.machine()),
          NO_SERVER);

  /** The memory controller: {@code mm/memcontrol.c}. */
  public static final ControllerKind MEMORY =
      new ControllerKind(
          MemoryController.NAME,
          null,
          MemoryFiles::rows,
          around -> new MemoryController(around.profile(), around.nanoTime(), around.listener()),
          tree -> MemoryFiles.served(tree.controller(MemoryController.class)));

  /** {@code security/device_cgroup.c}. */
  private static final ControllerKind DEVICES =
      new ControllerKind(
          DevicesController.NAME,
          null,
          DevicesFiles::rows,
          around -> new DevicesController(around.profile(), around.nanoTime()),
          NO_SERVER);

  /** {@code kernel/cgroup/legacy_freezer.c}. */
  private static final ControllerKind FREEZER =
      new ControllerKind(
          FreezerController.NAME,
          null,
          FreezerFiles::rows,
          around -> new FreezerController(around.profile(), around.stopper(), around.nanoTime()),
          NO_SERVER);

  /** {@code net/core/netclassid_cgroup.c}. */
  private static final ControllerKind NET_CLS =
      new ControllerKind(
          NetClsController.NAME,
          null,
          NetClsFiles::rows,
          around -> new NetClsController(),
          NO_SERVER);

  /** {@code kernel/events/core.c}. */
  private static final ControllerKind PERF_EVENT =
      new ControllerKind(
          PerfEventController.NAME, null, List::of, around -> new PerfEventController(), NO_SERVER);

  /** {@code net/core/netprio_cgroup.c}. */
  private static final ControllerKind NET_PRIO =
      new ControllerKind(
          NetPrioController.NAME,
          KernelFeature.NET_PRIO,
          NetPrioFiles::rows,
          around -> new NetPrioController(around.profile(), around.machine()),
          NO_SERVER);

  /** {@code mm/hugetlb_cgroup.c}. */
  private static final ControllerKind HUGETLB =
      new ControllerKind(
          HugetlbController.NAME,
          KernelFeature.HUGETLB,
          HugetlbFiles::rows,
          around -> new HugetlbController(around.profile(), around.machine()),
          new HugetlbServer());

  /** {@code kernel/cgroup/pids.c}. */
  private static final ControllerKind PIDS =
      new ControllerKind(
          PidsController.NAME,
          KernelFeature.PIDS,
          PidsFiles::rows,
          around -> new PidsController(),
          NO_SERVER);

  /** All controllers, in the kernel's order. */
  public static final List<ControllerKind> ALL =
      List.of(
          CPUSET,
          CPU,
          CPUACCT,
          BLKIO,
          MEMORY,
          DEVICES,
          FREEZER,
          NET_CLS,
          PERF_EVENT,
          NET_PRIO,
          HUGETLB,
          PIDS);

  private Controllers() {}

  /** Shows the files of those sizes of huge pages that the machine has. */
  private static final class HugetlbServer implements ControllerKind.Server {
    @Override
    public Map<Served, ServedFile> files(CgroupTree tree) {
      return Map.of();
    }

    @Override
    public boolean shows(ControlFile row, CgroupTree tree) {
      return tree.controller(HugetlbController.class).has(row.owner());
    }
  }

  /** The controller of this name, if there is one. */
  public static Optional<ControllerKind> byName(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The controllers that a kernel has. */
  public static List<ControllerKind> of(KernelProfile profile) {
    return ALL.stream().filter(each -> each.isIn(profile)).toList();
  }

  /** Its place in the kernel's order. */
  static int place(ControllerKind kind) {
    int place = 0;
    while (!ALL.get(place).name().equals(kind.name())) { // equals of a record is made at run time
      place++;
    }
    return place;
  }

  /** Their names, for a sentence. */
  static String names(List<ControllerKind> kinds) {
    return String.join(" ", kinds.stream().map(ControllerKind::name).toList());
  }
}
