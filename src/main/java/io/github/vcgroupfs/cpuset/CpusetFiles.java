package io.github.vcgroupfs.cpuset;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.NumberLists;
import java.util.List;

/** The table of files of the cpuset controller: {@code cpuset1_files[]}. */
public final class CpusetFiles {
  private static final FileOwner OWNER = FileOwner.controller(CpusetController.NAME);

  private CpusetFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        stub("cpus", new ListHandler(Resource.CPUS), "update_cpumask"),
        stub("mems", new ListHandler(Resource.MEMS), "update_nodemask"),
        effective("effective_cpus", Resource.CPUS),
        effective("effective_mems", Resource.MEMS),
        flag("cpu_exclusive", CpusetFlag.CPU_EXCLUSIVE),
        flag("mem_exclusive", CpusetFlag.MEM_EXCLUSIVE),
        flag("mem_hardwall", CpusetFlag.MEM_HARDWALL),
        flag("sched_load_balance", CpusetFlag.SCHED_LOAD_BALANCE),
        stub(
            "sched_relax_domain_level",
            NumberHandler.signed(
                target -> CpusetGroup.of(target.group()).relaxLevel(),
                (target, level) ->
                    target
                        .tree()
                        .controller(CpusetController.class)
                        .setRelaxLevel(target.group(), level)),
            "update_relax_domain_level"),
        flag("memory_migrate", CpusetFlag.MEMORY_MIGRATE),
        // no memory is reclaimed here
        stub("memory_pressure", NumberHandler.readOnly(target -> 0), "fmeter_getrate"),
        flag("memory_spread_page", CpusetFlag.SPREAD_PAGE),
        flag("memory_spread_slab", CpusetFlag.SPREAD_SLAB),
        row("memory_pressure_enabled", pressureEnabled(), Fidelity.STUB, "cpuset_write_u64")
            .visible(Visibility.ROOT_ONLY)
            .build());
  }

  private static ControlFile stub(String name, Handler handler, String source) {
    return row(name, handler, Fidelity.STUB, source).build();
  }

  /**
   * What a group really has. Its list is always within its parent's, so that is the list itself, as
   * long as the machine loses nothing.
   */
  private static ControlFile effective(String name, Resource resource) {
    Handler handler =
        new ReportHandler(
            target ->
                NumberLists.show(CpusetGroup.of(target.group()).settings().list(resource)) + "\n");
    return row(name, handler, Fidelity.REPORTED, "cpuset_common_seq_show")
        .requiring(KernelFeature.CPUSET_EFFECTIVE)
        .build();
  }

  private static ControlFile flag(String name, CpusetFlag flag) {
    Handler handler =
        NumberHandler.writable(
            target -> CpusetGroup.of(target.group()).settings().has(flag) ? 1 : 0,
            (target, value) ->
                target
                    .tree()
                    .controller(CpusetController.class)
                    .setFlag(target.group(), flag, (int) value != 0)); // an int in the kernel
    return stub(name, handler, "update_flag");
  }

  private static Handler pressureEnabled() {
    return NumberHandler.writable(
        target ->
            target.tree().controller(CpusetController.class).isMemoryPressureEnabled() ? 1 : 0,
        (target, value) ->
            target.tree().controller(CpusetController.class).setMemoryPressureEnabled(value != 0));
  }

  private static ControlFile.Builder row(
      String name, Handler handler, Fidelity fidelity, String source) {
    return ControlFile.of(OWNER, name, handler, fidelity, source);
  }
}
