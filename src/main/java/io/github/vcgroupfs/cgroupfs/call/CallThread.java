package io.github.vcgroupfs.cgroupfs.call;

/**
 * A thread that carries calls and learns from outside when the caller of the present one does not
 * want to wait any longer: it was killed, or has a signal to handle. Whoever lets a call wait asks
 * before it begins to, and is told when that happens later.
 */
public interface CallThread {
  /** Whether the caller of the call that this thread carries was interrupted. */
  boolean isCallInterrupted();

  /** Whether that is so of the call that the present thread carries; false on other threads. */
  static boolean isPresentInterrupted() {
    return Thread.currentThread() instanceof CallThread carrier && carrier.isCallInterrupted();
  }
}
