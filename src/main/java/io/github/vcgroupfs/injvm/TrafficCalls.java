package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.hierarchy.Hierarchy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
import io.github.vcgroupfs.traffic.Traffic;
import java.util.List;
import java.util.Objects;

/** Simulated traffic of a hierarchy, also where no {@code sim.*} file is shown. Immutable. */
public record TrafficCalls(Hierarchy hierarchy) {
  /**
   * Carries out lines of {@code sim.tcp.flows}.
   *
   * @throws ErrnoException as a write to that file; EOPNOTSUPP if the hierarchy has no memory
   */
  public void flow(Cgroup group, String lines) throws ErrnoException {
    Traffic traffic = hierarchy.traffic();
    if (traffic == null) {
      throw new ErrnoException(
          Errno.EOPNOTSUPP,
          "%s has no memory to charge: add the flow to a group of the memory controller"
              .formatted(hierarchy.spec().directory()));
    }
    ServedFile file = Objects.requireNonNull(traffic.files().get(Served.TCP_FLOWS));
    hierarchy.files().control().write(file, group, lines);
  }

  /** The flows of a group, in the order in which they were added. */
  public List<Traffic.FlowState> flows(Cgroup group) {
    Traffic traffic = hierarchy.traffic();
    return traffic == null ? List.of() : traffic.flows(group);
  }

  /** What {@code sim.tcp.stat} of a group shows; empty without memory. */
  public String stat(Cgroup group) {
    if (!hierarchy.hasMemory()) {
      return "";
    }
    MemoryController memory = hierarchy.tree().controller(MemoryController.class);
    return Objects.requireNonNull(MemoryFiles.served(memory).get(Served.TCP_STAT))
        .read(group, TestCalls.TEST);
  }
}
