package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The hugetlb controller of one hierarchy: {@code hugetlb_cgrp_subsys}. */
public final class HugetlbController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "hugetlb";

  private final KernelProfile profile;
  private final Machine machine;
  private final Set<FileOwner> owners;

  /**
   * A controller without groups.
   *
   * @param profile the kernel whose rules apply
   * @param machine says which sizes of huge pages there are
   */
  public HugetlbController(KernelProfile profile, Machine machine) {
    this.profile = profile;
    this.machine = machine;
    Set<Long> sizes = Set.copyOf(machine.hugePageSizes());
    owners =
        Arrays.stream(HugePageSize.values())
            .filter(each -> sizes.contains(each.bytes()))
            .map(HugePageSize::owner)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new HugetlbGroup();
  }

  /** A new group has no limits, and takes none from its parent: {@code hugetlb_cgroup_init}. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new HugetlbGroup();
  }

  /**
   * What a limit is until it is set, in the unit of the era. The root is made before the kernel
   * knows the sizes, and so nothing is rounded there.
   */
  long unlimited(HugePageSize size, boolean root) {
    long most = profile.era().unlimited();
    return root ? most : rounded(size, most);
  }

  /** Whether the machine has huge pages of the size whose files have this owner. */
  public boolean has(FileOwner owner) {
    return owners.contains(owner);
  }

  /** The limit that is kept if that one is written, both in the unit of the era. */
  long rounded(HugePageSize size, long limit) {
    if (!profile.has(KernelFeature.HUGETLB_WHOLE_PAGES)) {
      return limit;
    }
    CounterEra era = profile.era();
    return limit & -(size.bytes() / era.toBytes(1));
  }

  /** Huge pages of each memory node: {@code hugetlb_cgroup_read_numa_stat}. Nobody has any. */
  String numaStat() {
    String nodes =
        machine.memoryNodes().stream()
            .mapToObj(node -> " N%d=0".formatted(node))
            .collect(Collectors.joining());
    return "total=0%s\nhierarchical_total=0%s\n".formatted(nodes, nodes);
  }
}
