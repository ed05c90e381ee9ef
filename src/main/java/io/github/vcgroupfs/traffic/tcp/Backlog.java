package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Packets that came while the socket was in use: {@code sk_backlog}. Not thread-safe. */
final class Backlog {
  private final boolean joins;
  private @Nullable ArrayDeque<Packet> waiting;
  private int bytes;

  /**
   * An empty backlog.
   *
   * @param joins whether packets are joined where they can be: {@code tcp_add_backlog}
   */
  Backlog(boolean joins) {
    this.joins = joins;
  }

  /** Truesize of what came since it was {@link #done}. */
  int bytes() {
    return bytes;
  }

  void add(Packet packet) {
    ArrayDeque<Packet> all = waiting;
    if (all == null) {
      all = new ArrayDeque<>(2); // most sockets never need it
      waiting = all;
    }
    Packet last = all.peekLast();
    if (packet instanceof Segment segment) {
      bytes += segment.truesize;
      if (last instanceof Segment before && isJoined(before, segment)) {
        return;
      }
    } else if (packet instanceof Ack ack && last instanceof Ack before && isNewer(before, ack)) {
      all.removeLast(); // the last one counts
    }
    all.add(packet);
  }

  private boolean isJoined(Segment last, Segment segment) {
    if (joins && !last.fin && last.tryAppend(segment) != Segment.APART) {
      last.mss = Math.max(last.mss, segment.mss);
      return true;
    }
    return false;
  }

  private boolean isNewer(Ack last, Ack ack) {
    return joins && last.isPlain() && ack.isPlain();
  }

  @Nullable Packet poll() {
    ArrayDeque<Packet> all = waiting;
    return all == null ? null : all.poll();
  }

  /** All was looked at: only now the bytes no longer count ({@code __release_sock}). */
  void done() {
    bytes = 0;
  }

  /** Nobody will look at it. */
  void clear() {
    Packet next = poll();
    while (next != null) {
      next.drop();
      next = poll();
    }
    done();
  }
}
