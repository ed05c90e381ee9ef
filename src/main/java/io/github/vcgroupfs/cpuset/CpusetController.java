package io.github.vcgroupfs.cpuset;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.ListParser;
import io.github.vcgroupfs.kernel.NumberLists;
import java.util.BitSet;

/**
 * The cpuset controller of one hierarchy: {@code cpuset_cgrp_subsys}.
 *
 * <p>Unlike Linux, it looks at the machine once, when the hierarchy is made. A processor that is
 * switched off later stays in the lists.
 */
public final class CpusetController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "cpuset";

  /** {@code MAX_NUMNODES}. UNVERIFIED for 4.19 and before. */
  private static final int MOST_NODES = 1024;

  private final KernelProfile profile;
  private final CpusetSettings top;
  private final CpusetRules rules;
  private final int possibleCpus;
  private final int mostCpus;
  private final int lastDomainLevel;
  private volatile boolean memoryPressureEnabled;

  /**
   * A controller of a hierarchy that is about to be made.
   *
   * @param profile the kernel whose rules apply
   * @param machine the computer with the processors and memory nodes
   */
  public CpusetController(KernelProfile profile, Machine machine) {
    this.profile = profile;
    this.top =
        CpusetSettings.FRESH
            .with(Resource.CPUS, machine.onlineCpus())
            .with(Resource.MEMS, machine.memoryNodes())
            .with(CpusetFlag.CPU_EXCLUSIVE, true)
            .with(CpusetFlag.MEM_EXCLUSIVE, true);
    this.rules = new CpusetRules(profile, machine.onlineCpus().cardinality());
    this.possibleCpus = machine.possibleCpus().length();
    this.mostCpus = machine.mostCpus();
    this.lastDomainLevel = machine.lastDomainLevel();
  }

  @Override
  public String name() {
    return NAME;
  }

  /** {@code top_cpuset}: all that the machine has, for itself. */
  @Override
  public ControllerState createRoot(Cgroup root) {
    return new CpusetGroup(top);
  }

  /**
   * Makes the part of a new group. With {@code cgroup.clone_children} it has the lists of its
   * parent, unless a sibling has something for itself: {@code cpuset_css_online}, or {@code
   * cpuset_post_clone} of 3.3.
   */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    CpusetSettings above = CpusetGroup.of(parent).settings();
    CpusetSettings settings =
        CpusetSettings.FRESH
            .with(CpusetFlag.SPREAD_PAGE, above.has(CpusetFlag.SPREAD_PAGE))
            .with(CpusetFlag.SPREAD_SLAB, above.has(CpusetFlag.SPREAD_SLAB));
    if (group.cloneChildren() && parent.children().stream().noneMatch(this::isExclusive)) {
      for (Resource each : Resource.values()) {
        settings = settings.with(each, above.list(each));
      }
    }
    return new CpusetGroup(settings);
  }

  private boolean isExclusive(Cgroup group) {
    CpusetSettings settings = CpusetGroup.of(group).settings();
    return settings.has(CpusetFlag.CPU_EXCLUSIVE) || settings.has(CpusetFlag.MEM_EXCLUSIVE);
  }

  /** {@code cpuset_can_attach}: a process needs a processor and memory. */
  @Override
  public void canAttach(Cgroup group, int id, Membership.Scope scope) throws ErrnoException {
    CpusetGroup to = CpusetGroup.of(group);
    for (Resource each : Resource.values()) {
      if (to.settings().isEmpty(each)) {
        throw new ErrnoException(
            Errno.ENOSPC,
            "%s has no %s for a process: write its cpuset.cpus and cpuset.mems first"
                .formatted(group.path(), each.plural()));
      }
    }
    to.expect();
  }

  @Override
  public void cancelAttach(Cgroup group) {
    CpusetGroup.of(group).expectNoMore();
  }

  @Override
  public void attached(Cgroup group) {
    CpusetGroup.of(group).expectNoMore();
  }

  /**
   * Writes a list: {@code update_cpumask}, {@code update_nodemask}.
   *
   * @param text without white space at both ends; empty for an empty list
   * @throws ErrnoException EACCES for the root, the errors of {@link ListParser#parse}, EINVAL for
   *     what the machine does not have, those of {@link CpusetRules#requireValid}, ENODEV if the
   *     group was removed
   */
  void setList(Cgroup group, Resource resource, String text) throws ErrnoException {
    if (group.isRoot()) {
      throw new ErrnoException(
          Errno.EACCES,
          "the root has all %s of the machine: write the list of a group below it"
              .formatted(resource.plural()));
    }
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              change(group, CpusetGroup.of(group).settings().with(resource, list(resource, text)));
            });
  }

  private BitSet list(Resource resource, String text) throws ErrnoException {
    if (text.isEmpty()) {
      return new BitSet();
    }
    BitSet list = profile.files().lists().parse(text, count(resource));
    CpusetSettings wanted = CpusetSettings.FRESH.with(resource, list);
    BitSet absent = wanted.beyond(top, resource);
    if (!absent.isEmpty()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "this machine has no %s %s, only %s"
              .formatted(
                  resource.plural(),
                  NumberLists.show(absent),
                  NumberLists.show(top.list(resource))));
    }
    return list;
  }

  /** How many numbers a list may use: {@code nr_cpu_ids} and {@code MAX_NUMNODES}. */
  private int count(Resource resource) {
    return switch (resource) {
      case CPUS -> possibleCpus;
      case MEMS -> MOST_NODES;
    };
  }

  /** The longest text of a list in bytes: {@code max_write_len}. */
  int mostBytes(Resource resource) {
    return switch (resource) {
      case CPUS -> 100 + 6 * mostCpus;
      case MEMS -> 100 + 6 * MOST_NODES;
    };
  }

  /**
   * Writes a flag: {@code update_flag}. All are checked as a change of a list is.
   *
   * @throws ErrnoException those of {@link CpusetRules#requireValid}, ENODEV if the group was
   *     removed
   */
  void setFlag(Cgroup group, CpusetFlag flag, boolean on) throws ErrnoException {
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              change(group, CpusetGroup.of(group).settings().with(flag, on));
            });
  }

  private void change(Cgroup group, CpusetSettings trial) throws ErrnoException {
    rules.requireValid(group, trial);
    CpusetGroup.of(group).setSettings(trial);
  }

  /**
   * Writes a level: {@code update_relax_domain_level}.
   *
   * @throws ErrnoException EINVAL if there is no such level, ENODEV if the group was removed
   */
  void setRelaxLevel(Cgroup group, long level) throws ErrnoException {
    boolean clusters = lastDomainLevel > 0 && profile.has(KernelFeature.CLUSTER_DOMAINS);
    int last = clusters ? lastDomainLevel + 1 : lastDomainLevel;
    int highest = profile.has(KernelFeature.CPUSET_RELAX_ABOVE_LAST) ? last + 1 : last - 1;
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              if (level < -1 || level > highest) {
                throw new ErrnoException(
                    Errno.EINVAL,
                    "%d is no level of scheduling here: write -1 to %d".formatted(level, highest));
              }
              CpusetGroup.of(group).setRelaxLevel(level);
            });
  }

  /** {@code cpuset_memory_pressure_enabled}: one for all groups. */
  boolean isMemoryPressureEnabled() {
    return memoryPressureEnabled;
  }

  void setMemoryPressureEnabled(boolean enabled) {
    memoryPressureEnabled = enabled;
  }
}
