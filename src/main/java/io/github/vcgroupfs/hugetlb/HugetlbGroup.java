package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.HashMap;
import java.util.Map;

/**
 * What the hugetlb controller keeps of a group: {@code struct hugetlb_cgroup}. Nothing is ever
 * charged, so that only limits are kept. Any thread may read; limits are written under the
 * hierarchy's lock.
 */
final class HugetlbGroup implements ControllerState {
  private volatile Map<Limit, Long> limits = Map.of();

  /**
   * One of the limits of a group.
   *
   * @param size of which pages
   * @param reserved whether it is for what is reserved, and not for what is used
   */
  record Limit(HugePageSize size, boolean reserved) {}

  /** The part of a group that this controller keeps. */
  static HugetlbGroup of(Cgroup group) {
    return group.state(HugetlbGroup.class);
  }

  /**
   * A limit, in the unit of the era.
   *
   * @param unlimited what it is until it is set
   */
  long get(Limit which, long unlimited) {
    return limits.getOrDefault(which, unlimited);
  }

  void set(Limit which, long limit) {
    Map<Limit, Long> changed = new HashMap<>(limits);
    changed.put(which, limit);
    limits = Map.copyOf(changed);
  }
}
