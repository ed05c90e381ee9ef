package io.github.vcgroupfs.cpuset;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the cpuset controller keeps of a group: {@code struct cpuset}. Any thread may read; changed
 * under the hierarchy's lock.
 */
final class CpusetGroup implements ControllerState {
  /** No level was asked for: the system's own. */
  private static final long SYSTEM_LEVEL = -1;

  private final AtomicInteger arrivals = new AtomicInteger();
  private volatile CpusetSettings settings;
  private volatile long relaxLevel = SYSTEM_LEVEL;

  CpusetGroup(CpusetSettings settings) {
    this.settings = settings;
  }

  /** The part of a group that this controller keeps. */
  static CpusetGroup of(Cgroup group) {
    return group.state(CpusetGroup.class);
  }

  CpusetSettings settings() {
    return settings;
  }

  void setSettings(CpusetSettings changed) {
    settings = changed;
  }

  /** How far the scheduler looks for an idle processor: {@code relax_domain_level}. */
  long relaxLevel() {
    return relaxLevel;
  }

  void setRelaxLevel(long level) {
    relaxLevel = level;
  }

  /** A process may come at any moment: {@code attach_in_progress}. */
  boolean isExpecting() {
    return arrivals.get() > 0;
  }

  void expect() {
    arrivals.incrementAndGet();
  }

  void expectNoMore() {
    arrivals.decrementAndGet();
  }
}
