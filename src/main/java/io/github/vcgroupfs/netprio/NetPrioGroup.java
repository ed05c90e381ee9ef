package io.github.vcgroupfs.netprio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.HashMap;
import java.util.Map;

/**
 * What the net_prio controller keeps of a group: its column in the {@code priomap} of each
 * interface. Any thread; priorities are written under the hierarchy's lock.
 */
final class NetPrioGroup implements ControllerState {
  private final int index;
  private volatile Map<String, Long> priorities;

  /**
   * A group.
   *
   * @param index its number
   * @param priorities by interface, those of its parent
   */
  NetPrioGroup(int index, Map<String, Long> priorities) {
    this.index = index;
    this.priorities = Map.copyOf(priorities);
  }

  /** The part of a group that this controller keeps. */
  static NetPrioGroup of(Cgroup group) {
    return group.state(NetPrioGroup.class);
  }

  /** {@code net_prio.prioidx}. */
  int index() {
    return index;
  }

  /** The priorities that were written, by interface. */
  Map<String, Long> priorities() {
    return priorities;
  }

  /** {@code netprio_prio}: 0 until another one is written. */
  long priority(String name) {
    return priorities.getOrDefault(name, 0L);
  }

  void setPriority(String name, long priority) {
    Map<String, Long> changed = new HashMap<>(priorities);
    changed.put(name, priority);
    priorities = Map.copyOf(changed);
  }
}
