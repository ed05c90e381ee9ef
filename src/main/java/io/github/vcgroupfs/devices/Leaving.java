package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Children that were removed, and that the controller still counts for some milliseconds: the
 * kernel takes a group out of use ({@code kernel/cgroup/cgroup.c offline_css}) only when all
 * processors have gone through a grace period (RCU). All methods are called under the lock of the
 * hierarchy.
 */
final class Leaving {
  /** As long as Linux 6.18 took on the machine that was asked: 9 to 21 ms, mostly 16. */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LongSupplier nanoTime;

  /**
   * What has not been removed yet.
   *
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  Leaving(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A group was removed. */
  void removed(Cgroup group) {
    Cgroup parent = group.parent();
    if (parent != null) {
      DevicesGroup.of(parent).setChildLeft(nanoTime.getAsLong());
    }
  }

  /** Whether a child of the group was removed just now. */
  boolean isFrom(Cgroup parent) {
    Long left = DevicesGroup.of(parent).childLeft();
    return left != null && nanoTime.getAsLong() - left < GRACE_NANOS;
  }
}
