package io.github.vcgroupfs.traffic.netty;

import java.util.concurrent.ConcurrentLinkedDeque;

/** The channels of one group that do not read because a charge was refused. Any thread. */
final class Waiters {
  private final ConcurrentLinkedDeque<ChannelSock> waiting = new ConcurrentLinkedDeque<>();

  /** Waits in the line. */
  void add(ChannelSock socket) {
    waiting.addLast(socket);
  }

  /** Tried and refused again: stays the first. */
  void addFirst(ChannelSock socket) {
    waiting.addFirst(socket);
  }

  void remove(ChannelSock socket) {
    waiting.remove(socket);
  }

  /** Memory came back: the first in the line tries, and when it has got some, the next. */
  void wakeOne() {
    ChannelSock first = waiting.pollFirst();
    while (first != null && !first.retrySoon()) {
      first = waiting.pollFirst(); // that one has got its memory another way
    }
  }
}
