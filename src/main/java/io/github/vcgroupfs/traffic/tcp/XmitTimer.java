package io.github.vcgroupfs.traffic.tcp;

import java.util.function.Consumer;

/** The one timer of a sender: {@code icsk_retransmit_timer}. Not thread-safe. */
final class XmitTimer {
  /** {@code icsk_pending}: what it is set for. */
  enum Pending {
    NOTHING,
    RETRANSMIT,
    LOSS_PROBE,
    WINDOW_PROBE,
    REORDERING
  }

  private final SockTimer timer;
  private Pending pending = Pending.NOTHING;

  /**
   * A timer that is not set.
   *
   * @param timeout is told what it was set for
   */
  XmitTimer(SendState state, Consumer<Pending> timeout) {
    this.timer =
        new SockTimer(
            state.path, state.constants, () -> timeout.accept(pending), state.sk::reclaim);
  }

  boolean isFor(Pending what) {
    return pending == what;
  }

  void set(Pending what, long ticks) {
    pending = what;
    timer.set(ticks);
  }

  /** Clears it, if it is set for that. */
  void clear(Pending what) {
    if (pending == what) {
      clear();
    }
  }

  void clear() {
    forget();
    timer.clear();
  }

  /** It fired, or what comes is to be set anew; what it was set for no longer counts. */
  void forget() {
    pending = Pending.NOTHING;
  }

  void stop() {
    timer.stop();
  }
}
