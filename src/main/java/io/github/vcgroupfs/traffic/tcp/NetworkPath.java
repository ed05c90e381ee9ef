package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayDeque;

/**
 * The loopback device of the machine. Packets wait in a queue and are delivered in order. If a
 * process sent them, that is at once; if a timer did, it is after all timers of the tick ({@code
 * net/core/dev.c process_backlog}). On a path with a delay a packet arrives later. Not thread-safe.
 */
public final class NetworkPath {
  /**
   * What it takes to bring a packet through loopback. Measured on the 6.18 referee: data and its
   * acknowledgement take 18 µs, the min_rtt of TCP_INFO.
   */
  private static final long PACKET_NS = 9_000;

  private final EventQueue events;
  private final ArrayDeque<Runnable> backlog = new ArrayDeque<>();
  private final Runnable deliver = this::deliverAll;
  private final TimeWaits timeWaits;
  private final long tickNs;
  private boolean delivering;
  private boolean deferred;
  private boolean inTimer;

  /** When packets were delivered last, by which event, and how long that took. */
  private long deliveredNs;

  private long deliveredBy;
  private long spentNs;

  /**
   * A machine without packets.
   *
   * @param tickNs when the first timer tick is, nanoseconds: nothing that programs do is in step
   *     with it
   */
  public NetworkPath(EventQueue events, long tickNs) {
    this.events = events;
    this.tickNs = tickNs;
    this.timeWaits = new TimeWaits(events);
  }

  /** Ends of connections that are over. */
  TimeWaits timeWaits() {
    return timeWaits;
  }

  /** Events of the machine. */
  EventQueue events() {
    return events;
  }

  /** When the first timer tick is, nanoseconds. */
  long tickNs() {
    return tickNs;
  }

  /**
   * The time now, with what the packets took that were delivered since the event began. What other
   * programs do at the same time, which are other events, takes none of it.
   */
  long clockNs() {
    long nowNs = events.nowNs();
    return isDelivering(nowNs) ? nowNs + spentNs : nowNs;
  }

  private boolean isDelivering(long nowNs) {
    return nowNs == deliveredNs && events.begun() == deliveredBy;
  }

  /** Sends a packet. */
  void transmit(Runnable arrival, long delayNs) {
    if (delayNs > 0) {
      events.after(delayNs, () -> transmit(arrival, 0));
      return;
    }
    backlog.add(arrival);
    if (inTimer) {
      defer();
    } else if (!delivering && !deferred) {
      deliverAll();
    }
  }

  /** Runs a timer: what it sends is delivered after the other timers of the same tick. */
  void runTimer(Runnable handler) {
    inTimer = true;
    try {
      handler.run();
    } finally {
      inTimer = false;
    }
  }

  private void defer() {
    if (!deferred) {
      deferred = true;
      events.after(0, deliver);
    }
  }

  private void deliverAll() {
    deferred = false;
    delivering = true;
    try {
      Runnable next = backlog.poll();
      while (next != null) {
        spend();
        next.run();
        next = backlog.poll();
      }
    } finally {
      delivering = false;
    }
  }

  private void spend() {
    long nowNs = events.nowNs();
    spentNs = isDelivering(nowNs) ? spentNs + PACKET_NS : PACKET_NS;
    deliveredNs = nowNs;
    deliveredBy = events.begun();
  }
}
