package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.traffic.netty.ChannelUsage;
import io.github.vcgroupfs.traffic.tcp.TcpState;

/**
 * The lines of {@code sim.tcp.sockets}, one for each socket. A line begins as {@code ss -tmO}
 * prints it; after that comes what {@code ss} does not know.
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
      String place = name + "/" + number++;
      for (Session session : connection.sessions()) {
        add(session.number() == 0 ? place : place + "." + session.number(), session);
      }
    }
  }

  private void add(String place, Session session) {
    Side client = session.client();
    Side server = session.server();
    String windows = " window:" + session.windowBytes();
    if (server == null) {
      if (client.sk().group() == group) {
        simulated(place + ":send", place + ":receive", client, TcpState.SYN_SENT, windows);
      }
      return;
    }
    if (client.windowBytes() > 0) {
      windows += " back_window:" + client.windowBytes();
    }
    if (client.sk().group() == group) {
      simulated(place + ":send", place + ":receive", client, client.state(), windows);
    }
    if (server.sk().group() == group) {
      simulated(place + ":receive", place + ":send", server, server.state(), windows);
    }
  }

  private void simulated(String local, String peer, Side side, TcpState state, String windows) {
    if (state == TcpState.CLOSED && side.isClosed()) {
      return;
    }
    if (side.isTimeWait()) {
      text.append("%s 0 0 %s %s simulated\n".formatted(state.label(), local, peer));
      return;
    }
    line(state, local, peer, Skmem.of(side.sk()), side.receiveQueue(), side.sendQueue());
    text.append(windows).append(" simulated\n");
  }

  MemCgroup group() {
    return group;
  }

  /**
   * Both sockets of a relay's connections.
   *
   * @param withAddresses whether the reader may know whom the relay connects
   */
  void add(Relay relay, boolean withAddresses) {
    int number = 0;
    for (RelayLink link : relay.links()) {
      String name = relay.name() + "/" + number++;
      String front = name + ":front";
      String back = name + ":back";
      add(withAddresses ? named(front, link.front()) : front, back, link.front(), link.back());
      add(withAddresses ? named(back, link.back()) : back, front, link.back(), link.front());
    }
  }

  private static String named(String end, RelayLink.Side side) {
    String address = side.address();
    return address.isEmpty() ? end : end + "=" + address;
  }

  private void add(String local, String peer, RelayLink.Side side, RelayLink.Side other) {
    ChannelUsage usage = side.accounting().usage();
    line(
        TcpState.ESTABLISHED,
        local,
        peer,
        new Skmem(
            usage.rmemAlloc(),
            usage.rcvbuf(),
            usage.sndbuf(),
            usage.forwardAlloc(),
            usage.wmemQueued(),
            0,
            usage.accounted(),
            usage.pressure()),
        usage.rmemAlloc(),
        other.accounting().usage().rmemAlloc());
    text.append(" refusals:").append(usage.refusals()).append(" relayed\n");
  }

  /** State, queues, names and skmem; sk_wmem_alloc, sk_optmem and the backlog are always empty. */
  private void line(
      TcpState state, String local, String peer, Skmem sk, long receiveQueue, long sendQueue) {
    text.append("%s %d %d %s %s".formatted(state.label(), receiveQueue, sendQueue, local, peer))
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

  /** What {@code ss -m} shows of a socket, and whether it is charged and pressed. */
  private record Skmem(
      int rmemAlloc,
      int rcvbuf,
      int sndbuf,
      int forwardAlloc,
      int wmemQueued,
      int drops,
      boolean isAccounted,
      boolean underPressure) {
    static Skmem of(Sock sk) {
      return new Skmem(
          sk.rmemAlloc(),
          sk.rcvbuf(),
          sk.sndbuf(),
          sk.forwardAlloc(),
          sk.wmemQueued(),
          sk.drops(),
          sk.isAccounted(),
          sk.underPressure());
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
