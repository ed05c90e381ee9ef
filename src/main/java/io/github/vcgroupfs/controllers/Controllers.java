package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cpu.CpuController;
import io.github.vcgroupfs.cpu.CpuFiles;
import io.github.vcgroupfs.cpuacct.CpuacctController;
import io.github.vcgroupfs.cpuacct.CpuacctFiles;
import io.github.vcgroupfs.cpuset.CpusetController;
import io.github.vcgroupfs.cpuset.CpusetFiles;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
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
  /** {@code kernel/sched/core.c cpu_cgrp_subsys}. */
  private static final ControllerKind CPU =
      new ControllerKind(
          CpuController.NAME,
          null,
          CpuFiles.rows(),
          around -> new CpuController(around.profile(), around.machine().tasks()),
          tree -> Map.of());

  /** {@code kernel/sched/cpuacct.c}. */
  private static final ControllerKind CPUACCT =
      new ControllerKind(
          CpuacctController.NAME,
          null,
          CpuacctFiles.rows(),
          around -> new CpuacctController(around.profile(), around.machine()),
          tree -> Map.of());

  /** The memory controller: {@code mm/memcontrol.c}. */
  public static final ControllerKind MEMORY =
      new ControllerKind(
          MemoryController.NAME,
          null,
          MemoryFiles.rows(),
          around -> new MemoryController(around.profile(), around.nanoTime(), around.listener()),
          tree -> MemoryFiles.served(tree.controller(MemoryController.class)));

  /** {@code kernel/cgroup/cpuset.c} and {@code kernel/cgroup/cpuset-v1.c}. */
  private static final ControllerKind CPUSET =
      new ControllerKind(
          CpusetController.NAME,
          null,
          CpusetFiles.rows(),
          around -> new CpusetController(around.profile(), around.machine()),
          tree -> Map.of());

  /** {@code kernel/cgroup/pids.c}. */
  private static final ControllerKind PIDS =
      new ControllerKind(
          PidsController.NAME,
          KernelFeature.PIDS,
          PidsFiles.rows(),
          around -> new PidsController(),
          tree -> Map.of());

  /** All controllers, in the kernel's order. */
  public static final List<ControllerKind> ALL = List.of(CPUSET, CPU, CPUACCT, MEMORY, PIDS);

  private Controllers() {}

  /** The controller of this name, if there is one. */
  public static Optional<ControllerKind> byName(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The controllers that a kernel has. */
  public static List<ControllerKind> of(KernelProfile profile) {
    return ALL.stream().filter(each -> each.isIn(profile)).toList();
  }

  /** Their names, for a sentence. */
  static String names(List<ControllerKind> kinds) {
    return String.join(" ", kinds.stream().map(ControllerKind::name).toList());
  }
}
