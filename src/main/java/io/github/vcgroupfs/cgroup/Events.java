package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.cgroup.EventSource.Subscription;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event registrations of a hierarchy: {@code cgroup.event_control}. This class counts them,
 * ends them with their group or their process, and knows nothing of what is told: that is the
 * {@link EventSource} of a controller.
 *
 * <p>Unlike Linux, the number of registrations has an upper bound, because each holds descriptors
 * of ours.
 *
 * <p><b>Concurrency:</b> thread-safe. A registration takes no lock but the monitor of the group's
 * list.
 */
public final class Events {
  /** Registrations in one group. */
  public static final int MAX_IN_GROUP = 512;

  /** Registrations in the hierarchy. */
  public static final int MAX_IN_ALL = 1024;

  private static final int MIN_SWEEP = 32;

  private final Notifier notifier;
  private final Map<Cgroup, GroupRegistrations> byGroup = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** At how many registrations the next look for dead clients is due. */
  private final AtomicInteger nextSweep = new AtomicInteger(MIN_SWEEP);

  Events(Notifier notifier) {
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
   * @param source what it waits for
   * @param args what the source wants to know, perhaps empty
   * @throws ErrnoException EINVAL if the arguments are no good, ENODEV if the group is gone, ENOMEM
   *     if there are too many registrations; the eventfd is still the caller's then
   */
  public void register(Cgroup group, EventSource source, String args, EventFd fd)
      throws ErrnoException {
    Subscription wanted = source.subscribe(group, args, fd);
    reserve();
    boolean done = false;
    try {
      GroupRegistrations list = byGroup.computeIfAbsent(group, GroupRegistrations::new);
      if (list.isFull()) {
        count.addAndGet(-list.dropGone());
      }
      list.add(fd, wanted);
      done = true;
    } finally {
      if (!done) {
        count.decrementAndGet();
      }
      if (!group.isAlive()) { // offline() may have come before computeIfAbsent
        offline(group);
      }
    }
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
  public void sweep() {
    for (GroupRegistrations list : byGroup.values()) {
      count.addAndGet(-list.dropGone());
    }
  }

  /** A group was removed. Preconditions: the hierarchy's lock is not held. */
  void offline(Cgroup group) {
    GroupRegistrations list = byGroup.remove(group);
    if (list != null) {
      count.addAndGet(-list.close());
      notifier.settle();
    }
  }
}
