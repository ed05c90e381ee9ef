package io.github.vcgroupfs.cgroup;

/**
 * The eventfd of a client. An eventfd is a descriptor with a counter: the client waits until
 * somebody adds to it. Here it is only signalled and closed.
 *
 * <p><b>Concurrency:</b> any thread may call any method, under any lock. No method waits for the
 * client.
 */
public interface EventFd {
  /** Adds 1 to the client's counter, now or a moment later: {@code eventfd_signal}. */
  void signal();

  /**
   * Whether the process that registered the eventfd has exited. If the process closes the
   * descriptor and lives on, nobody outside can see that.
   */
  boolean isGone();

  /** Closes our end of it, after everything signalled before has arrived. May be called again. */
  void close();
}
