package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.cgroup.EventSource.Subscription;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The registrations for events in a hierarchy: {@code cgroup.event_control}. This class counts
 * them, and ends them when their group is removed or their process exits. What the events are about
 * is the business of the controllers: see {@link EventSource}.
 *
 * <p>Unlike Linux, the number of registrations has an upper bound, because each one keeps
 * descriptors of this program open.
 *
 * <p><b>Concurrency:</b> thread-safe. A registration takes only the monitor of the group's list.
 */
public final class Events {
  /** The most registrations that one group can have. */
  public static final int MAX_IN_GROUP = 512;

  /** The most registrations that a hierarchy can have. */
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

  /** Finds the descriptors of clients. */
  public Notifier notifier() {
    return notifier;
  }

  /** The number of registrations now. */
  public int size() {
    return count.get();
  }

  /**
   * Registers an eventfd: {@code event->register_event}. The group owns the eventfd from then on.
   *
   * @param source the event to wait for
   * @param args arguments for the source; may be empty
   * @throws ErrnoException EINVAL if the arguments are not valid, ENODEV if the group was removed,
   *     ENOMEM if there are too many registrations; then the caller still owns the eventfd
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

  /**
   * Ends the registrations of processes that have exited. Asks the operating system about each
   * registration.
   */
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
