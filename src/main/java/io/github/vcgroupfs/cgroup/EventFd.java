package io.github.vcgroupfs.cgroup;

/**
 * A client's eventfd, as far as the model needs it. Any thread, under any lock: no method waits for
 * the client.
 */
public interface EventFd {
  /** Adds 1 to the client's counter, soon: {@code eventfd_signal}. */
  void signal();

  /**
   * Whether the process that registered it has exited. That it has closed the descriptor cannot be
   * seen from outside.
   */
  boolean isGone();

  /** Lets go of it, after what was signalled has arrived. May be called again. */
  void close();
}
