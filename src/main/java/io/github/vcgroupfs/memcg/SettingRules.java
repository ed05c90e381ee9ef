package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.MemoryRules;

/**
 * The rules of the profile for writing a flag or a number of a group. Has no state; every method
 * runs under the hierarchy's lock.
 */
final class SettingRules {
  private SettingRules() {}

  /** {@code mem_cgroup_hierarchy_write}. */
  static void setUseHierarchy(MemCgroup group, long value) throws ErrnoException {
    switch (rules(group).useHierarchy()) {
      case ALWAYS_ON -> {
        if (value != 1) {
          throw invalid(
              Setting.USE_HIERARCHY, value, "this kernel is always hierarchical: write 1");
        }
        return;
      }
      case SAME_VALUE_UNCHECKED -> {
        if (value == (group.useHierarchy() ? 1 : 0)) {
          return;
        }
      }
      case ALWAYS_CHECKED -> {}
    }
    if (belowHierarchicalParent(group)) {
      throw invalid(
          Setting.USE_HIERARCHY,
          value,
          "the parent has use_hierarchy 1, so its children must have it too");
    }
    if (value != 0 && value != 1) {
      throw invalid(Setting.USE_HIERARCHY, value, "write 0 or 1");
    }
    requireNoChildren(group, Setting.USE_HIERARCHY);
    group.setUseHierarchy(value == 1);
  }

  /**
   * Patch v9, as agreed in the review of v8: the restrictions of use_hierarchy. UNVERIFIED: whether
   * children were looked at before the parent.
   */
  static void setIndependentKmemLimit(MemCgroup group, long value) throws ErrnoException {
    if (belowHierarchicalParent(group)) {
      throw invalid(
          Setting.INDEPENDENT_KMEM_LIMIT,
          value,
          "a group below a parent with use_hierarchy 1 keeps the value it took from it at mkdir");
    }
    requireNoChildren(group, Setting.INDEPENDENT_KMEM_LIMIT);
    group.setIndependentKmemLimit(value != 0);
    group.updateBranches();
    group.usageChanged();
  }

  /** {@code mem_cgroup_swappiness_write}. */
  static void setSwappiness(MemCgroup group, long value) throws ErrnoException {
    long most = rules(group).maxSwappiness();
    if (Long.compareUnsigned(value, most) > 0) {
      throw invalid(Setting.SWAPPINESS, value, "write 0 to " + most);
    }
    requireTreeTop(group, Setting.SWAPPINESS, value);
    group.settings().setSwappiness((int) value);
  }

  /** {@code mem_cgroup_oom_control_write}. */
  static void setOomKillDisabled(MemCgroup group, long value) throws ErrnoException {
    if (group.isRoot()) {
      throw invalid(Setting.OOM_KILL_DISABLE, value, "the root cannot do without the OOM killer");
    }
    if (value != 0 && value != 1) {
      throw invalid(Setting.OOM_KILL_DISABLE, value, "write 0 or 1");
    }
    requireTreeTop(group, Setting.OOM_KILL_DISABLE, value);
    group.settings().setOomKillDisabled(value == 1);
  }

  /** {@code mem_cgroup_move_charge_write}. */
  static void setMoveCharge(MemCgroup group, long value) throws ErrnoException {
    long refused = rules(group).moveChargeRefused();
    if ((value & refused) != 0) {
      throw invalid(
          Setting.MOVE_CHARGE_AT_IMMIGRATE,
          value,
          refused == -1 ? "this kernel moves no charges: write 0" : "write 0 to 3");
    }
    group.settings().setMoveCharge(value);
  }

  private static void requireTreeTop(MemCgroup group, Setting what, long value)
      throws ErrnoException {
    switch (rules(group).treeScope()) {
      case EVERY_GROUP -> {}
      case TREE_TOPS -> {
        if (group.isRoot()) {
          throw invalid(what, value, "the root's cannot be set; set it on a group below");
        }
        if (belowHierarchicalParent(group) || (group.useHierarchy() && group.hasChildren())) {
          throw invalid(
              what,
              value,
              "it can only be set on a group that is in no parent's hierarchy and has no children in its own");
        }
      }
    }
  }

  private static boolean belowHierarchicalParent(MemCgroup group) {
    MemCgroup parent = group.parent();
    return parent != null && parent.useHierarchy();
  }

  private static void requireNoChildren(MemCgroup group, Setting what) throws ErrnoException {
    if (group.hasChildren()) {
      throw new ErrnoException(
          Errno.EBUSY,
          "%s of %s cannot change while it has child groups: set it before the first mkdir"
              .formatted(what.label(), group.path()));
    }
  }

  private static ErrnoException invalid(Setting what, long value, String remedy) {
    return new ErrnoException(
        Errno.EINVAL, "%s=%s: %s".formatted(what.label(), Long.toUnsignedString(value), remedy));
  }

  private static MemoryRules rules(MemCgroup group) {
    return group.profile().memory();
  }
}
