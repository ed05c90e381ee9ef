package io.github.vcgroupfs.traffic.tcp;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Segments that came while the socket was in use: {@code sk_backlog}. Not thread-safe. */
final class Backlog {
  private final boolean joins;
  private @Nullable ArrayDeque<Segment> waiting;
  private int bytes;

  /**
   * An empty backlog.
   *
   * @param joins whether segments are joined where they can be: {@code tcp_add_backlog}
   */
  Backlog(boolean joins) {
    this.joins = joins;
  }

  /** Truesize of what came since it was {@link #done}. */
  int bytes() {
    return bytes;
  }

  void add(Segment segment) {
    bytes += segment.truesize;
    ArrayDeque<Segment> all = waiting;
    if (all == null) {
      all = new ArrayDeque<>(2); // most sockets never need it
      waiting = all;
    }
    Segment last = all.peekLast();
    if (joins && last != null && last.tryAppend(segment) != Segment.APART) {
      last.mss = Math.max(last.mss, segment.mss);
    } else {
      all.add(segment);
    }
  }

  @Nullable Segment poll() {
    ArrayDeque<Segment> all = waiting;
    return all == null ? null : all.poll();
  }

  /** All was looked at: only now the bytes no longer count ({@code __release_sock}). */
  void done() {
    bytes = 0;
  }
}
