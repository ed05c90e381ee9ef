package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.netty.AccountedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sums of the connections of a relay. Thread-safe. */
final class RelayTotals {
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong out = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong pausedNs = new AtomicLong();
  private final AtomicLong held = new AtomicLong();

  void add(RelayTotals more) {
    in.addAndGet(more.in());
    out.addAndGet(more.out());
    refusals.addAndGet(more.refusals());
    pausedNs.addAndGet(more.pausedNs.get());
  }

  void add(RelayLink link) {
    in.addAndGet(link.front().receivedBytes());
    out.addAndGet(link.back().receivedBytes());
    add(link.front().accounting());
    add(link.back().accounting());
  }

  private void add(AccountedChannel channel) {
    refusals.addAndGet(channel.usage().refusals());
    pausedNs.addAndGet(channel.usage().pausedNs());
    held.addAndGet(channel.usage().rmemAlloc());
  }

  /** Bytes from those who connected. */
  long in() {
    return in.get();
  }

  /** Bytes to them. */
  long out() {
    return out.get();
  }

  /** Bytes of truesize between the two sides now. */
  long held() {
    return held.get();
  }

  long refusals() {
    return refusals.get();
  }

  /** Time that directions did not read for want of memory, milliseconds. */
  long pausedMs() {
    return TimeUnit.NANOSECONDS.toMillis(pausedNs.get());
  }
}
