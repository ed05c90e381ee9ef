package io.github.vcgroupfs.signals;

/** How signals reach processes. A port. Implementations are thread-safe. */
interface ProcessSignals {
  /**
   * Takes hold of a process, so that no later one with the same id gets its signals.
   *
   * @return a number for the methods below, 0 or more, or a negative errno
   */
  int open(int pid);

  /**
   * Stops it: SIGSTOP.
   *
   * @return 0 or a negative errno
   */
  int stop(int pid, int handle);

  /**
   * Lets it go on: SIGCONT.
   *
   * @return 0 or a negative errno
   */
  int goOn(int pid, int handle);

  /** Lets a process go from the hold of {@link #open}. */
  void close(int handle);
}
