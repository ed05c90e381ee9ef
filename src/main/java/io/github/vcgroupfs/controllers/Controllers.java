package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.blkio.BlkioController;
import io.github.vcgroupfs.blkio.BlkioFiles;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Controller;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of all controllers. To add a controller, add its row here. The order is that of {@code
 * include/linux/cgroup_subsys.h}, in which a kernel lists them.
 */
public final class Controllers {
  /** {@code kernel/cgroup/cpuset.c} and {@code kernel/cgroup/cpuset-v1.c}. */
  private static final ControllerKind CPUSET =
      new ControllerKind(CpusetController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return CpusetFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new CpusetController(around.profile(), around.machine());
        }
      };

  /** {@code kernel/sched/core.c cpu_cgrp_subsys}. */
  private static final ControllerKind CPU =
      new ControllerKind(CpuController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return CpuFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new CpuController(around.profile(), around.machine().tasks(), around.nanoTime());
        }
      };

  /** {@code kernel/sched/cpuacct.c}. */
  private static final ControllerKind CPUACCT =
      new ControllerKind(CpuacctController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return CpuacctFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new CpuacctController(around.profile(), around.machine());
        }
      };

  /** {@code block/blk-cgroup.c}. */
  private static final ControllerKind BLKIO =
      new ControllerKind(BlkioController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return BlkioFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new BlkioController(around.machine());
        }
      };

  /** The memory controller: {@code mm/memcontrol.c}. */
  public static final ControllerKind MEMORY =
      new ControllerKind(MemoryController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return MemoryFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new MemoryController(around.profile(), around.nanoTime(), around.listener());
        }

        @Override
        Map<Served, ServedFile> served(CgroupTree tree) {
          return MemoryFiles.served(tree.controller(MemoryController.class));
        }
      };

  /** {@code security/device_cgroup.c}. */
  private static final ControllerKind DEVICES =
      new ControllerKind(DevicesController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return DevicesFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new DevicesController(around.profile(), around.nanoTime());
        }
      };

  /** {@code kernel/cgroup/legacy_freezer.c}. */
  private static final ControllerKind FREEZER =
      new ControllerKind(FreezerController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return FreezerFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new FreezerController(around.profile(), around.stopper(), around.nanoTime());
        }
      };

  /** {@code net/core/netclassid_cgroup.c}. */
  private static final ControllerKind NET_CLS =
      new ControllerKind(NetClsController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return NetClsFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new NetClsController();
        }
      };

  /** {@code kernel/events/core.c}. */
  private static final ControllerKind PERF_EVENT =
      new ControllerKind(PerfEventController.NAME, null) {
        @Override
        public List<ControlFile> files() {
          return List.of();
        }

        @Override
        Controller make(Surroundings around) {
          return new PerfEventController();
        }
      };

  /** {@code net/core/netprio_cgroup.c}. */
  private static final ControllerKind NET_PRIO =
      new ControllerKind(NetPrioController.NAME, KernelFeature.NET_PRIO) {
        @Override
        public List<ControlFile> files() {
          return NetPrioFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new NetPrioController(around.profile(), around.machine());
        }
      };

  /** {@code mm/hugetlb_cgroup.c}. */
  private static final ControllerKind HUGETLB =
      new ControllerKind(HugetlbController.NAME, KernelFeature.HUGETLB) {
        @Override
        public List<ControlFile> files() {
          return HugetlbFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new HugetlbController(around.profile(), around.machine());
        }

        @Override
        boolean shows(ControlFile row, CgroupTree tree) {
          return tree.controller(HugetlbController.class).has(row.owner());
        }
      };

  /** {@code kernel/cgroup/pids.c}. */
  private static final ControllerKind PIDS =
      new ControllerKind(PidsController.NAME, KernelFeature.PIDS) {
        @Override
        public List<ControlFile> files() {
          return PidsFiles.rows();
        }

        @Override
        Controller make(Surroundings around) {
          return new PidsController();
        }
      };

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

  /** The controller of this name, if there is one. */
  public static Optional<ControllerKind> byName(String name) {
    for (ControllerKind each : ALL) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The controllers that a kernel has. */
  public static List<ControllerKind> of(KernelProfile profile) {
    List<ControllerKind> there = new ArrayList<>(ALL);
    there.removeIf(each -> !each.isIn(profile));
    return List.copyOf(there);
  }

  /** Its place in the kernel's order. */
  static int place(ControllerKind kind) {
    return ALL.indexOf(kind);
  }

  /** Their names, for a sentence. */
  static String names(List<ControllerKind> kinds) {
    return String.join(" ", kinds.stream().map(ControllerKind::name).toList());
  }
}
