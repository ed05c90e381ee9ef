package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends in TIME_WAIT, and orphans in FIN_WAIT2: {@code struct inet_timewait_death_row}. All wait as
 * long, so they leave in the order in which they came, and one event in the queue is enough. Not
 * thread-safe.
 */
final class TimeWaits {
  /** TCP_TIMEWAIT_LEN, and {@code sysctl_tcp_fin_timeout}. */
  static final long LENGTH_NS = 60_000_000_000L;

  /** {@code sysctl_tcp_max_tw_buckets} of the machine of the referee: asked. */
  private static final int MOST = 131_072;

  private final EventQueue events;
  private final Map<TcpEnd, Long> due = new HashMap<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private EventQueue.@Nullable Event timer;

  TimeWaits(EventQueue events) {
    this.events = events;
  }

  private record Waiting(TcpEnd end, long dueNs) {}

  /** An end waits from now on; false if there are too many, and it is forgotten. */
  boolean add(TcpEnd end) {
    if (due.size() >= MOST) {
      return false;
    }
    end.sk.addTimeWait(1);
    restart(end);
    return true;
  }

  /** {@code inet_twsk_reschedule}: its time begins once more. */
  void restart(TcpEnd end) {
    long dueNs = events.nowNs() + LENGTH_NS;
    due.put(end, dueNs);
    waiting.add(new Waiting(end, dueNs));
    if (timer == null) {
      timer = events.at(dueNs, this::expire);
    }
  }

  /** It does not wait any more. */
  void remove(TcpEnd end) {
    if (due.remove(end) != null) {
      end.sk.addTimeWait(-1);
      end.timeWaitIsOver();
    }
  }

  private void expire() {
    timer = null;
    Waiting first = waiting.peek();
    while (first != null && first.dueNs <= events.nowNs()) {
      waiting.remove();
      Long current = due.get(first.end);
      if (current != null && current == first.dueNs) {
        remove(first.end);
      }
      first = waiting.peek();
    }
    if (first != null) {
      timer = events.at(first.dueNs, this::expire);
    }
  }
}
