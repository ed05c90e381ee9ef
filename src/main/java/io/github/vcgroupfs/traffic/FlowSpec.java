package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.traffic.tcp.PathSpec;
import io.github.vcgroupfs.traffic.tcp.SocketOptions;

/**
 * What a flow is: so many connections, all alike, their sending ends in the group. {@link FlowKey}
 * says what of it has which key. Immutable.
 *
 * @param connections how many
 * @param peer where the receiving ends are
 * @param transfer what is moved, and how fast
 * @param exchange what comes back
 * @param lifetime how a connection ends
 * @param path the way between both ends
 * @param options what both ends set on their sockets
 */
record FlowSpec(
    int connections,
    Peer peer,
    Transfer transfer,
    Exchange exchange,
    Lifetime lifetime,
    PathSpec path,
    SocketOptions options) {

  /** One connection that sends as fast as it can to a reader that reads as fast as it can. */
  static final FlowSpec DEFAULT =
      new FlowSpec(
          1,
          Peer.SAME,
          Transfer.DEFAULT,
          Exchange.DEFAULT,
          Lifetime.DEFAULT,
          PathSpec.LOOPBACK,
          SocketOptions.DEFAULT);

  FlowSpec withConnections(int count) {
    return new FlowSpec(count, peer, transfer, exchange, lifetime, path, options);
  }

  FlowSpec withPeer(Peer where) {
    return new FlowSpec(connections, where, transfer, exchange, lifetime, path, options);
  }

  FlowSpec with(Transfer what) {
    return new FlowSpec(connections, peer, what, exchange, lifetime, path, options);
  }

  FlowSpec with(PathSpec way) {
    return new FlowSpec(connections, peer, transfer, exchange, lifetime, way, options);
  }

  FlowSpec with(SocketOptions set) {
    return new FlowSpec(connections, peer, transfer, exchange, lifetime, path, set);
  }

  FlowSpec with(Exchange back) {
    return new FlowSpec(connections, peer, transfer, back, lifetime, path, options);
  }

  FlowSpec with(Lifetime life) {
    return new FlowSpec(connections, peer, transfer, exchange, life, path, options);
  }

  /**
   * Looks whether its keys go together.
   *
   * @throws ErrnoException EINVAL, with what would be right
   */
  void requireSense() throws ErrnoException {
    if (Exchange.isNone(exchange.request()) != Exchange.isNone(exchange.response())) {
      throw CommandWords.invalid(
          "request without response, or the other way round", "write both, or none");
    }
    if (exchange.hasRequests() && !exchange.back().isZero()) {
      throw CommandWords.invalid(
          "back=%s beside request".formatted(exchange.back().text()),
          "write request and response, or back");
    }
  }

  Rate send() {
    return transfer.send();
  }

  Rate read() {
    return transfer.read();
  }

  /** Whether connections made for the other spec can go on with this one. */
  boolean canFollow(FlowSpec other) {
    return path.equals(other.path)
        && peer.equals(other.peer)
        && exchange.hasRequests() == other.exchange.hasRequests()
        && options.canFollow(other.options);
  }
}
