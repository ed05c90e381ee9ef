package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.devices.DevicesController;
import io.github.vcgroupfs.devices.DevicesFiles;
import io.github.vcgroupfs.freezer.FreezerController;
import io.github.vcgroupfs.freezer.FreezerFiles;
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
  /** The memory controller: {@code mm/memcontrol.c}. */
  public static final ControllerKind MEMORY =
      new ControllerKind(
          MemoryController.NAME,
          null,
          MemoryFiles.rows(),
          around -> new MemoryController(around.profile(), around.nanoTime(), around.listener()),
          tree -> MemoryFiles.served(tree.controller(MemoryController.class)));

  /** {@code security/device_cgroup.c}. */
  private static final ControllerKind DEVICES =
      new ControllerKind(
          DevicesController.NAME,
          null,
          DevicesFiles.rows(),
          around -> new DevicesController(around.profile()),
          tree -> Map.of());

  /** {@code kernel/cgroup/legacy_freezer.c}. */
  private static final ControllerKind FREEZER =
      new ControllerKind(
          FreezerController.NAME,
          null,
          FreezerFiles.rows(),
          around -> new FreezerController(around.profile(), around.stopper()),
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
  public static final List<ControllerKind> ALL = List.of(MEMORY, DEVICES, FREEZER, PIDS);

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
