package io.github.vcgroupfs.cgroupfs.fault;

import io.github.vcgroupfs.kernel.ErrnoException;

/** How a call waits that {@code sim.fault} delays. Thread-safe. */
public interface Waiting {
  /**
   * Waits as long as the delay says, on the thread of the call. The caller holds no lock.
   *
   * @throws ErrnoException if the call is not to be carried out after all
   */
  void await(Delay delay) throws ErrnoException;

  /** Tells that some delays may have become shorter. */
  default void changed() {}

  /**
   * Ends the wait of one call.
   *
   * @param thread the thread that carries out the call
   * @return whether it waited; if not, nothing happens to it
   */
  default boolean interrupt(Thread thread) {
    return false;
  }

  /** Ends all waits, also those that come later: the file system is not served any more. */
  default void abort() {}
}
