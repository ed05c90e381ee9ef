package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The event registrations of a hierarchy: {@code cgroup.event_control}. {@link GroupEvents} holds
 * those of a group, {@link Thresholds} finds crossings; this class reads arguments, counts, and
 * carries an event through the tree.
 *
 * <p>Unlike Linux, there is a most of registrations, for each holds descriptors of ours.
 *
 * <p><b>Concurrency:</b> thread-safe; events may come from any thread and under the hierarchy's
 * lock. A registration takes no lock but the group's own monitor.
 */
public final class Events {
  /** Registrations in one group. */
  static final int MAX_IN_GROUP = 512;

  /** Registrations in the hierarchy. */
  static final int MAX_IN_ALL = 1024;

  private static final int MIN_SWEEP = 32;

  private final Hierarchy tree;
  private final Notifier notifier;
  private final Set<MemCgroup> watched = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();

  /** At how many registrations the next look for dead clients is due. */
  private final AtomicInteger nextSweep = new AtomicInteger(MIN_SWEEP);

  /** Whether anybody ever asked for pressure: until then nobody counts refused pages. */
  private volatile boolean hearsPressure;

  Events(Hierarchy tree, Notifier notifier) {
    this.tree = tree;
    this.notifier = notifier;
  }

  /** How descriptors are fetched. */
  public Notifier notifier() {
    return notifier;
  }

  /** Registrations there are. */
  public int size() {
    return count.get();
  }

  /**
   * Registers an eventfd, which belongs to the group from then on: {@code event->register_event}.
   *
   * @param args a threshold, nothing, or a level of pressure
   * @throws ErrnoException EINVAL if the arguments are no good, ENODEV if the group is gone, ENOMEM
   *     if there are too many registrations; the eventfd is still the caller's then
   */
  public void register(MemCgroup group, EventSource source, String args, EventFd fd)
      throws ErrnoException {
    Registration wanted =
        switch (source) {
          case USAGE -> threshold(args, fd);
          case OOM -> events -> events.addOom(fd);
          case PRESSURE -> pressure(args, fd);
        };
    reserve();
    boolean done = false;
    try {
      GroupEvents events = group.eventsOrNew();
      if (events.isFull()) {
        count.addAndGet(-events.dropGone());
      }
      watched.add(group);
      wanted.addTo(events);
      done = true;
    } finally {
      if (!group.isAlive()) { // offline() may have come before watched.add()
        watched.remove(group);
      }
      if (!done) {
        count.decrementAndGet();
      }
    }
  }

  private Registration threshold(String args, EventFd fd) throws ErrnoException {
    // Only the whole text was stripped: a blank in front of the number is none of it.
    if (!KernelText.strip(args).equals(args)) {
      throw new ErrnoException(
          Errno.EINVAL, "\"%s\" is no threshold: one space before the number".formatted(args));
    }
    long units = tree.profile().limits().parse(args.getBytes(StandardCharsets.ISO_8859_1));
    return events -> events.addThreshold(units, fd);
  }

  private Registration pressure(String args, EventFd fd) throws ErrnoException {
    boolean modes = tree.profile().has(KernelFeature.PRESSURE_MODES);
    PressureListener listener = PressureListener.parse(args, modes, fd);
    return events -> {
      hearsPressure = true;
      events.addPressure(listener);
    };
  }

  private void reserve() throws ErrnoException {
    if (count.get() >= nextSweep.get()) {
      sweep();
      nextSweep.set(Math.min(MAX_IN_ALL, Math.max(MIN_SWEEP, 2 * count.get())));
    }
    if (count.incrementAndGet() > MAX_IN_ALL) {
      count.decrementAndGet();
      throw new ErrnoException(
          Errno.ENOMEM,
          "%d event registrations are the most this mount can have; let clients exit or remove groups"
              .formatted(MAX_IN_ALL));
    }
  }

  /** Drops what dead clients have left; asks the operating system about each registration. */
  void sweep() {
    for (MemCgroup group : watched) {
      GroupEvents events = group.events();
      if (events != null) {
        count.addAndGet(-events.dropGone());
      }
    }
  }

  /** A group was removed. Preconditions: the hierarchy's lock is not held. */
  void offline(MemCgroup group) {
    watched.remove(group);
    GroupEvents events = group.events();
    if (events != null) {
      count.addAndGet(-events.close());
      notifier.settle();
    }
  }

  /**
   * A group's memory limit has refused what nobody can do without: the group and all it accounts
   * for are told ({@code mem_cgroup_oom_notify}), and it is the worst of pressures.
   *
   * @param units how much was asked for
   */
  void outOfMemory(MemCgroup level, long units) {
    level.setLacking(units);
    pressure(level, PressureLevel.CRITICAL);
    for (MemCgroup group : watched) {
      GroupEvents events = group.events();
      if (events != null && level.accountsFor(group)) {
        events.outOfMemory();
      }
    }
  }

  /**
   * Whether a process in the group would wait for memory: {@code memcg->under_oom}. Unlike Linux,
   * nobody waits; a group whose limit refused an injection, with the OOM killer off, counts until
   * as much would fit, and all it accounts for with it.
   */
  public static boolean isUnderOom(MemCgroup group) {
    for (@Nullable MemCgroup at = group; at != null; at = above(at)) {
      long more = at.lacking();
      if (more != 0
          && at.settings().oomKillDisabled()
          && PageCounter.above(at.memory().held() + more, at.memory().max())) {
        return true;
      }
    }
    return false;
  }

  /** Whether refusals need to be counted. */
  boolean hearsPressure() {
    return hearsPressure;
  }

  /**
   * There is pressure in a group: told there, and in the groups that account for it ({@code
   * vmpressure_work_fn}).
   */
  void pressure(MemCgroup origin, PressureLevel level) {
    if (!hearsPressure) {
      return;
    }
    boolean heard = false;
    for (@Nullable MemCgroup at = origin; at != null; at = above(at)) {
      GroupEvents events = at.events();
      if (events != null && events.pressure(level, at != origin, heard)) {
        heard = true;
      }
    }
  }

  private static @Nullable MemCgroup above(MemCgroup group) {
    return group.isHierarchicalChild() ? group.parent() : null;
  }

  /** What is to be done once there is room for it. */
  private interface Registration {
    void addTo(GroupEvents events) throws ErrnoException;
  }
}
