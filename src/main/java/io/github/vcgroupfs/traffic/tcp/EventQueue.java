package io.github.vcgroupfs.traffic.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen at which time. Times are nanoseconds of some clock: the wall clock for a mount,
 * a virtual clock for a simulation. Events for the same time run in the order in which they were
 * added. Not thread-safe.
 */
public final class EventQueue {
  private static final int ARITY = 4;

  /** Below {@code size} there is an event in every place. */
  private @Nullable Event[] heap = new Event[64];

  private int size;
  private long nowNs;
  private long serial;

  /** An empty queue. */
  public EventQueue(long nowNs) {
    this.nowNs = nowNs;
  }

  /** The time of the event that is running, or of the last call. */
  public long nowNs() {
    return nowNs;
  }

  /** Adds something that is to run after a delay. */
  public Event after(long delayNs, Runnable action) {
    return at(nowNs + Math.max(0, delayNs), action);
  }

  /** Runs something at that time, or now if it is over. */
  Event at(long timeNs, Runnable action) {
    Event event = new Event(Math.max(nowNs, timeNs), serial++, action);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, event);
    return event;
  }

  /** When the next event is due, in nanoseconds. {@link Long#MAX_VALUE} if there is none. */
  public long nextNs() {
    while (size > 0 && eventAt(0).cancelled) {
      removeFirst();
    }
    return size == 0 ? Long.MAX_VALUE : eventAt(0).dueNs;
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
      if (size == 0 || eventAt(0).dueNs > timeNs) {
        advanceTo(timeNs);
        return true;
      }
      Event first = removeFirst();
      if (!first.cancelled) {
        nowNs = Math.max(nowNs, first.dueNs);
        first.action.run();
      }
    }
    return false;
  }

  private Event eventAt(int place) {
    Event event = heap[place];
    if (event == null) {
      throw new IllegalStateException("no event at " + place + " of " + size);
    }
    return event;
  }

  private Event removeFirst() {
    Event first = eventAt(0);
    Event last = eventAt(--size);
    heap[size] = null;
    if (size > 0) {
      siftDown(last);
    }
    return first;
  }

  private void siftUp(int from, Event event) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / ARITY;
      if (!event.isBefore(eventAt(parent))) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = event;
  }

  private void siftDown(Event event) {
    int at = 0;
    while (true) {
      int first = at * ARITY + 1;
      if (first >= size) {
        break;
      }
      int least = first;
      int end = Math.min(first + ARITY, size);
      for (int child = first + 1; child < end; child++) {
        if (eventAt(child).isBefore(eventAt(least))) {
          least = child;
        }
      }
      if (!eventAt(least).isBefore(event)) {
        break;
      }
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = event;
  }

  /** Something that is to happen at a certain time. */
  public static final class Event {
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

    private boolean isBefore(Event other) {
      return dueNs < other.dueNs || (dueNs == other.dueNs && serial < other.serial);
    }
  }
}
