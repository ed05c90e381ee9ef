package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * Something that programs can ask to be notified about, through {@code cgroup.event_control}: the
 * kernel's {@code cftype.register_event}. A registration names a control file that has an event
 * source.
 */
public interface EventSource {
  /**
   * Checks the arguments of a registration. No event is sent before {@link Subscription#start}.
   *
   * @param args the rest of the line after the two descriptors; may be empty
   * @param fd the eventfd to signal
   * @throws ErrnoException EINVAL if the arguments are not valid
   */
  Subscription subscribe(Cgroup group, String args, EventFd fd) throws ErrnoException;

  /**
   * One registration, as the controller sees it. Its methods are called under the monitor of the
   * group's list of registrations.
   */
  interface Subscription {
    /** Events are sent from now on. One may be sent at once. */
    void start();

    /** No more events are sent. */
    void end();
  }
}
