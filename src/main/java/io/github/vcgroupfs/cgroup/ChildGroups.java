package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The children of groups as a controller of the kernel sees them. One that was removed is still
 * among them for some milliseconds: {@code css_next_child} leaves it out only when all processors
 * have gone through a grace period (RCU), and {@code css_killed_work_fn} has taken it out of use.
 *
 * <p>One object belongs to one controller. All methods are called under the lock of the hierarchy.
 */
public final class ChildGroups {
  /** As long as Linux 6.18 took where it was asked: 9 to 21 ms, mostly 16. */
  public static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final boolean lingering;
  private final LongSupplier nanoTime;

  /** Those that were removed last, the oldest first. */
  private final Deque<Removed> removed = new ArrayDeque<>();

  private record Removed(Cgroup group, long nanoTime) {}

  /**
   * Children of which none was removed yet.
   *
   * @param profile the kernel whose rules apply
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public ChildGroups(KernelProfile profile, LongSupplier nanoTime) {
    this.lingering = profile.has(KernelFeature.REMOVED_CHILDREN_LINGER);
    this.nanoTime = nanoTime;
  }

  /**
   * To be called from {@link Controller#offline}. A group that could not be made is not counted.
   */
  public void offline(Cgroup group) {
    if (lingering && !group.isAlive()) {
      forget();
      removed.add(new Removed(group, nanoTime.getAsLong()));
    }
  }

  /** The children of a group, and those that were removed just now. */
  public Collection<Cgroup> of(Cgroup parent) {
    forget();
    if (removed.isEmpty()) {
      return parent.children();
    }
    List<Cgroup> all = new ArrayList<>(parent.children());
    for (Removed each : removed) {
      if (parent.equals(each.group().parent())) {
        all.add(each.group());
      }
    }
    return all;
  }

  private void forget() {
    long now = nanoTime.getAsLong();
    while (!removed.isEmpty() && now - removed.element().nanoTime() >= GRACE_NANOS) {
      removed.remove();
    }
  }
}
