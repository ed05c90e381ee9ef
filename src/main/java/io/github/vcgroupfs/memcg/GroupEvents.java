package io.github.vcgroupfs.memcg;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventFd;
import java.util.ArrayList;
import java.util.List;

/**
 * The registrations for events of the memory of one group: {@code memcg->thresholds}, {@code
 * memcg->oom_notify}, {@code vmpressure->events}. Thread-safe: it has a monitor of its own.
 * Eventfds are signalled under it, which never waits.
 */
final class GroupEvents {
  private final Thresholds thresholds;

  @GuardedBy("this")
  private final List<EventFd> oom = new ArrayList<>(0);

  @GuardedBy("this")
  private final List<PressureListener> pressure = new ArrayList<>(0);

  GroupEvents(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** The registrations that wait until usage crosses a number. */
  Thresholds thresholds() {
    return thresholds;
  }

  synchronized void addOom(EventFd fd) {
    oom.add(fd);
  }

  synchronized void removeOom(EventFd fd) {
    oom.remove(fd);
  }

  synchronized void addPressure(PressureListener listener) {
    pressure.add(listener);
  }

  synchronized void removePressure(PressureListener listener) {
    pressure.remove(listener);
  }

  synchronized boolean isEmpty() {
    return oom.isEmpty() && pressure.isEmpty() && thresholds.isEmpty();
  }

  /** {@code mem_cgroup_oom_notify_cb}. */
  synchronized void outOfMemory() {
    oom.forEach(EventFd::signal);
  }

  /**
   * Tells listeners of pressure here or below: {@code vmpressure_event}.
   *
   * @return whether there was one that wanted to hear it
   */
  synchronized boolean pressure(PressureLevel level, boolean below, boolean heard) {
    boolean told = false;
    for (PressureListener listener : pressure) {
      if (listener.hears(level, below, heard)) {
        listener.fd().signal();
        told = true;
      }
    }
    return told;
  }
}
