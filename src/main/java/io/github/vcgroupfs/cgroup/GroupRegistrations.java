package io.github.vcgroupfs.cgroup;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.EventSource.Subscription;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;

/**
 * The registrations for all kinds of events of one group. Thread-safe: it has a monitor of its own,
 * under which controllers start and end subscriptions. Nobody waits for a client under it.
 */
final class GroupRegistrations {
  private final Cgroup group;

  @GuardedBy("this")
  private final List<Registration> all = new ArrayList<>();

  GroupRegistrations(Cgroup group) {
    this.group = group;
  }

  /** One of them. Compared by identity: a client may register the same eventfd twice. */
  private static final class Registration {
    private final EventFd fd;
    private final Subscription subscription;

    Registration(EventFd fd, Subscription subscription) {
      this.fd = fd;
      this.subscription = subscription;
    }
  }

  /** Takes a registration in and starts it. */
  synchronized void add(EventFd fd, Subscription subscription) throws ErrnoException {
    if (!group.isAlive()) { // and then close() was called or will be
      throw TreeRules.gone(group);
    }
    if (isFull()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "%s has %d event registrations already, the most a group can have; let clients exit"
              .formatted(group.path(), all.size()));
    }
    all.add(new Registration(fd, subscription));
    subscription.start();
  }

  /** Whether it takes no more registrations. */
  synchronized boolean isFull() {
    return all.size() >= Events.MAX_IN_GROUP;
  }

  /**
   * Drops registrations of processes that have exited.
   *
   * @return how many there were
   */
  int dropGone() {
    return drop(snapshot().stream().filter(each -> each.fd.isGone()).toList());
  }

  /**
   * The group was removed: one signal for each registration, and the end ({@code css_offline}).
   *
   * @return how many there were
   */
  int close() {
    List<Registration> left = snapshot();
    left.forEach(each -> each.fd.signal());
    return drop(left);
  }

  private synchronized List<Registration> snapshot() {
    return List.copyOf(all);
  }

  private int drop(List<Registration> which) {
    int dropped = 0;
    synchronized (this) {
      for (Registration each : which) {
        if (all.remove(each)) {
          each.subscription.end();
          dropped++;
        }
      }
    }
    which.forEach(each -> each.fd.close());
    return dropped;
  }
}
