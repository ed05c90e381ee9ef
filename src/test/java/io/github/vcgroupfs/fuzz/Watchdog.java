package io.github.vcgroupfs.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notices calls that do not come back. Thread-safe: threads tell it, another one looks. */
final class Watchdog {
  private final long limitNs;
  private final List<Seat> seats = new ArrayList<>();

  /**
   * @param limitSeconds a call that takes longer hangs
   */
  Watchdog(long limitSeconds) {
    limitNs = TimeUnit.SECONDS.toNanos(limitSeconds);
  }

  /** Where a thread tells what it does. */
  static final class Seat {
    private volatile @Nullable Running running;
    private @Nullable Running reported;

    /** A call begins; what it is is asked for only if it hangs. */
    void begins(Object call, long nowNs) {
      running = new Running(call, nowNs);
    }

    /** It has come back. */
    void ends() {
      running = null;
    }
  }

  private record Running(Object call, long sinceNs) {}

  /** A seat for one more thread; before anybody looks. */
  Seat seat() {
    Seat seat = new Seat();
    seats.add(seat);
    return seat;
  }

  /** Calls that are over the limit and were not told of before. */
  List<String> look(long nowNs) {
    List<String> hangs = new ArrayList<>();
    for (Seat seat : seats) {
      Running now = seat.running;
      if (now != null && nowNs - now.sinceNs > limitNs && !now.equals(seat.reported)) {
        seat.reported = now;
        hangs.add(
            "%s has not come back for %d s"
                .formatted(now.call, (nowNs - now.sinceNs) / 1_000_000_000));
      }
    }
    return hangs;
  }

  /** Whether a call is out for that many times the limit: it will not come back. */
  boolean isHopeless(long nowNs, int times) {
    return seats.stream()
        .map(seat -> seat.running)
        .anyMatch(now -> now != null && nowNs - now.sinceNs > times * limitNs);
  }
}
