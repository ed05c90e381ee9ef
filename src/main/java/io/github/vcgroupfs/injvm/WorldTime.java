package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroupfs.fault.Parking;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time of a mount in the JVM: that of this machine, or a virtual one. Thread-safe. */
final class WorldTime {
  /** Null: time is that of this machine. */
  private final @Nullable EventQueue events;

  private final LongSupplier nanoTime;
  private final Clock clock;
  private final Parking parking;

  /**
   * A time that begins now.
   *
   * @param start what the virtual clock shows now; null: time is that of this machine
   */
  WorldTime(@Nullable Instant start) {
    if (start == null) {
      long startNs = System.nanoTime();
      this.events = null;
      this.nanoTime = () -> System.nanoTime() - startNs;
      this.clock = Clock.systemUTC();
      this.parking = new Parking(Parking.MAX_PARKED, nanoTime);
    } else {
      EventQueue queue = new EventQueue(0);
      this.events = queue;
      this.nanoTime = queue::nowNs;
      this.clock = new VirtualClock(start, nanoTime, ZoneOffset.UTC);
      this.parking = Parking.onVirtualTime(Parking.MAX_PARKED, nanoTime);
    }
  }

  /** The virtual clock and what happens at which time; null: time is that of this machine. */
  @Nullable EventQueue events() {
    return events;
  }

  /** Nanoseconds since the mount was made. */
  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** What file times and log lines show. */
  Clock clock() {
    return clock;
  }

  /** Where calls wait that a fault delays. */
  Parking parking() {
    return parking;
  }

  private static final class VirtualClock extends Clock {
    private final Instant start;
    private final LongSupplier nanoTime;
    private final ZoneId zone;

    VirtualClock(Instant start, LongSupplier nanoTime, ZoneId zone) {
      this.start = start;
      this.nanoTime = nanoTime;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new VirtualClock(start, nanoTime, other);
    }

    @Override
    public Instant instant() {
      return start.plusNanos(nanoTime.getAsLong());
    }
  }
}
