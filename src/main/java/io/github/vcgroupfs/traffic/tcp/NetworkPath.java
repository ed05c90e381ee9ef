package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayDeque;

/**
 * The loopback device of the machine. Packets wait in a queue and are delivered in order. If a
 * process sent them, that is at once; if a timer did, it is after all timers of the tick ({@code
 * net/core/dev.c process_backlog}). On a path with a delay a packet arrives later. Not thread-safe.
 */
public final class NetworkPath {
  private final EventQueue events;
  private final ArrayDeque<Runnable> backlog = new ArrayDeque<>();
  private final Runnable deliver = this::deliverAll;
  private final TimeWaits timeWaits;
  private boolean delivering;
  private boolean deferred;
  private boolean inTimer;

  /** A machine without packets. */
  public NetworkPath(EventQueue events) {
    this.events = events;
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
        next.run();
        next = backlog.poll();
      }
    } finally {
      delivering = false;
    }
  }
}
