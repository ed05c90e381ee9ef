package io.github.vcgroupfs.traffic.tcp;

import java.util.PriorityQueue;

/**
 * What is to happen at which time. Times are nanoseconds of some clock: the wall clock for a mount,
 * a virtual clock for a simulation. Events for the same time run in the order in which they were
 * added. Not thread-safe, but for {@link #nowNs}.
 */
public final class EventQueue {
  private final PriorityQueue<Event> events = new PriorityQueue<>();

  /** Written by whoever uses the queue; as a virtual clock it is read by anybody. */
  private volatile long nowNs;

  private long serial;

  private long begun;

  /** An empty queue. */
  public EventQueue(long nowNs) {
    this.nowNs = nowNs;
  }

  /** The time of the event that is running, or of the last call. */
  public long nowNs() {
    return nowNs;
  }

  /** How many events were ever added: a measure of how much work there is. */
  public long added() {
    return serial;
  }

  /** How many events have begun: tells those of the same time apart. */
  long begun() {
    return begun;
  }

  /** Adds something that is to run after a delay. */
  public Event after(long delayNs, Runnable action) {
    return at(nowNs + Math.max(0, delayNs), action);
  }

  /** Runs something at that time, or now if it is over. */
  Event at(long timeNs, Runnable action) {
    Event event = new Event(Math.max(nowNs, timeNs), serial++, action);
    events.add(event);
    return event;
  }

  /** When the next event is due, in nanoseconds. {@link Long#MAX_VALUE} if there is none. */
  public long nextNs() {
    Event first = events.peek();
    while (first != null && first.cancelled) {
      events.remove();
      first = events.peek();
    }
    return first == null ? Long.MAX_VALUE : first.dueNs;
  }

  /** Moves the time forward without running an event. */
  public void advanceTo(long timeNs) {
    nowNs = Math.max(nowNs, timeNs);
  }

  /**
   * Runs the events that are due.
   *
   * @param timeNs the time now
   * @param maxEvents the most events to run
   * @return whether all events that are due have run
   */
  public boolean runDue(long timeNs, int maxEvents) {
    for (int i = 0; i < maxEvents; i++) {
      Event first = events.peek();
      if (first == null || first.dueNs > timeNs) {
        advanceTo(timeNs);
        return true;
      }
      events.remove();
      if (!first.cancelled) {
        nowNs = Math.max(nowNs, first.dueNs);
        begun++;
        first.action.run();
      }
    }
    return false;
  }

  /** A thing that is to happen. */
  public static final class Event implements Comparable<Event> {
    private final long dueNs;
    private final long serial;
    private final Runnable action;
    private boolean cancelled;

    Event(long dueNs, long serial, Runnable action) {
      this.dueNs = dueNs;
      this.serial = serial;
      this.action = action;
    }

    /** It shall not happen. */
    public void cancel() {
      cancelled = true;
    }

    /** By time, then as they were made: no two events are equal. */
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(dueNs, other.dueNs);
      return byTime != 0 ? byTime : Long.compare(serial, other.serial);
    }
  }
}
