package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.sock.Sock;

/**
 * The lines of {@code sim.tcp.sockets}: one a socket, as {@code ss -tmO} prints it, and what {@code
 * ss} does not know behind it.
 */
final class SocketList {
  private final MemCgroup group;
  private final StringBuilder text = new StringBuilder();

  /** The sockets of that group. */
  SocketList(MemCgroup group) {
    this.group = group;
  }

  /** Both ends of a flow's connections, those that are in the group. */
  void add(String name, Flow flow) {
    int number = 0;
    for (Connection connection : flow.connections()) {
      String end = name + "/" + number++;
      if (connection.from().group() == group) {
        line(end + ":send", end + ":receive", connection.from(), 0, connection.unackedBytes());
        text.append(" window:").append(connection.windowBytes()).append(" simulated\n");
      }
      if (connection.to().group() == group) {
        line(end + ":receive", end + ":send", connection.to(), connection.unreadBytes(), 0);
        text.append(" window:").append(connection.windowBytes()).append(" simulated\n");
      }
    }
  }

  /** State, queues, names and skmem; sk_wmem_alloc, sk_optmem and the backlog are always empty. */
  private void line(String local, String peer, Sock sk, long receiveQueue, long sendQueue) {
    text.append("ESTAB %d %d %s %s".formatted(receiveQueue, sendQueue, local, peer))
        .append(
            " skmem:(r%d,rb%d,t0,tb%d,f%d,w%d,o0,bl0,d%d)"
                .formatted(
                    sk.rmemAlloc(),
                    sk.rcvbuf(),
                    sk.sndbuf(),
                    sk.forwardAlloc(),
                    sk.wmemQueued(),
                    sk.drops()))
        .append(" accounted:")
        .append(sk.isAccounted() ? 1 : 0)
        .append(" pressure:")
        .append(sk.underPressure() ? 1 : 0);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
