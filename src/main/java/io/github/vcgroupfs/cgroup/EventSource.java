package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What a program can ask to be told about, through {@code cgroup.event_control}: the kernel's
 * {@code cftype.register_event}. A control file that has one can be named in a registration.
 */
public interface EventSource {
  /**
   * Reads the arguments of a registration; nothing is told before {@link Subscription#start}.
   *
   * @param args what stands behind the two descriptors, perhaps empty
   * @param fd whom to tell
   * @throws ErrnoException EINVAL if the arguments are no good
   */
  Subscription subscribe(Cgroup group, String args, EventFd fd) throws ErrnoException;

  /** One registration, as the controller sees it. Called under the monitor of the group's list. */
  interface Subscription {
    /** From now on events are told; perhaps one is told at once. */
    void start();

    /** No event is told any more. */
    void end();
  }
}
