package io.github.vcgroupfs.hugetlb;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;

/**
 * What the hugetlb controller keeps of a group: {@code struct hugetlb_cgroup}. Nothing is ever
 * charged, so that only limits are kept. Any thread; limits are written under the hierarchy's lock.
 */
final class HugetlbGroup implements ControllerState {
  private static final int SIZES = HugePageSize.values().length;

  private final AtomicLongArray limits = new AtomicLongArray(2 * SIZES);

  /**
   * A group without limits.
   *
   * @param unlimited the limit that means "none", for each size
   */
  HugetlbGroup(ToLongFunction<HugePageSize> unlimited) {
    for (HugePageSize each : HugePageSize.values()) {
      setLimit(each, false, unlimited.applyAsLong(each));
      setLimit(each, true, unlimited.applyAsLong(each));
    }
  }

  /** The part of a group that this controller keeps. */
  static HugetlbGroup of(Cgroup group) {
    return group.state(HugetlbGroup.class);
  }

  /**
   * A limit, in the unit of the era.
   *
   * @param reserved the limit of what is reserved, not of what is used
   */
  long limit(HugePageSize size, boolean reserved) {
    return limits.get(index(size, reserved));
  }

  void setLimit(HugePageSize size, boolean reserved, long limit) {
    limits.set(index(size, reserved), limit);
  }

  private static int index(HugePageSize size, boolean reserved) {
    return size.ordinal() + (reserved ? SIZES : 0);
  }
}
