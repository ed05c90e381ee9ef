package io.github.vcgroupfs.signals;

import java.io.IOException;

/**
 * Lets stopped processes go on if the daemon ends without having done so. A port. Methods are
 * called under the lock of {@link SignalStopper}.
 */
interface Guard extends AutoCloseable {
  /**
   * A process is about to be stopped.
   *
   * @throws IOException if nobody can watch over it; then it must not be stopped
   */
  void holds(int pid, long startTime) throws IOException;

  /** It goes on, or has ended. */
  void hasLetGo(int pid);

  /** The id of a process that must not be stopped itself; 0: none. */
  long pid();

  /** No process is stopped any more. */
  @Override
  void close();
}
