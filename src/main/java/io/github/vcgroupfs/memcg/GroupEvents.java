package io.github.vcgroupfs.memcg;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told what about one group: {@code memcg->event_list}. Thread-safe: its own monitor,
 * under which eventfds are signalled, which never waits.
 */
final class GroupEvents {
  private final MemCgroup group;
  private final Thresholds thresholds;

  @GuardedBy("this")
  private final List<EventFd> oom = new ArrayList<>(0);

  @GuardedBy("this")
  private final List<PressureListener> pressure = new ArrayList<>(0);

  /** Every registration's eventfd, whatever it is for. */
  @GuardedBy("this")
  private final List<EventFd> all = new ArrayList<>();

  GroupEvents(MemCgroup group) {
    this.group = group;
    this.thresholds = new Thresholds(group);
  }

  /** Tells when usage goes over or under that many units. */
  synchronized void addThreshold(long units, EventFd fd) throws ErrnoException {
    add(fd);
    watch(thresholds);
    thresholds.add(units, fd);
  }

  /** Tells when memory runs out; at once if it has: {@code mem_cgroup_oom_register_event}. */
  synchronized void addOom(EventFd fd) throws ErrnoException {
    add(fd);
    oom.add(fd);
    if (Events.isUnderOom(group)) {
      fd.signal();
    }
  }

  /** Tells about pressure. */
  synchronized void addPressure(PressureListener listener) throws ErrnoException {
    add(listener.fd());
    pressure.add(listener);
  }

  @GuardedBy("this")
  private void add(EventFd fd) throws ErrnoException {
    if (!group.isAlive()) { // and then close() was called or will be
      throw new ErrnoException(
          Errno.ENODEV, group.path() + " was removed: make it again, and open its files again");
    }
    if (isFull()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s has %d event registrations already, the most a group can have; let clients exit"
              .formatted(group.path(), all.size()));
    }
    all.add(fd);
  }

  /** Whether it takes no more registrations. */
  synchronized boolean isFull() {
    return all.size() >= Events.MAX_IN_GROUP;
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

  /**
   * Drops registrations of processes that have exited.
   *
   * @return how many there were
   */
  int dropGone() {
    Set<EventFd> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (EventFd fd : snapshot()) {
      if (fd.isGone()) {
        gone.add(fd);
      }
    }
    return gone.isEmpty() ? 0 : drop(gone);
  }

  /** The group was removed: one signal for each registration, and the end: {@code css_offline}. */
  int close() {
    Set<EventFd> left = Collections.newSetFromMap(new IdentityHashMap<>());
    left.addAll(snapshot());
    left.forEach(EventFd::signal);
    return drop(left);
  }

  /** Who is told when what the usage file shows has changed; null: nobody. */
  private void watch(@Nullable UsageListener listener) {
    group.memory().watchedBy(listener);
    group.kmem().watchedBy(listener);
    if (group.isRoot()) {
      group.hierarchy().machine().watchedBy(listener);
    }
  }

  private synchronized List<EventFd> snapshot() {
    return List.copyOf(all);
  }

  private int drop(Set<EventFd> which) {
    int dropped;
    synchronized (this) {
      int before = all.size();
      all.removeIf(which::contains);
      oom.removeIf(which::contains);
      pressure.removeIf(listener -> which.contains(listener.fd()));
      thresholds.removeIf(which::contains);
      if (thresholds.isEmpty()) {
        watch(null);
      }
      dropped = before - all.size();
    }
    which.forEach(EventFd::close);
    return dropped;
  }
}
