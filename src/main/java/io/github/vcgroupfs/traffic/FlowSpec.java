package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.tcp.PathSpec;
import io.github.vcgroupfs.traffic.tcp.SocketOptions;

/**
 * What a flow is: so many connections, all alike, their sending ends in the group. {@link FlowKey}
 * says what of it has which key. Immutable.
 *
 * @param connections how many
 * @param peer where the receiving ends are
 * @param transfer what is moved, and how fast
 * @param path the way between both ends
 * @param options what both ends set on their sockets
 */
record FlowSpec(
    int connections, Peer peer, Transfer transfer, PathSpec path, SocketOptions options) {

  /** One connection that sends as fast as it can to a reader that reads as fast as it can. */
  static final FlowSpec DEFAULT =
      new FlowSpec(1, Peer.SAME, Transfer.DEFAULT, PathSpec.LOOPBACK, SocketOptions.DEFAULT);

  FlowSpec withConnections(int count) {
    return new FlowSpec(count, peer, transfer, path, options);
  }

  FlowSpec withPeer(Peer where) {
    return new FlowSpec(connections, where, transfer, path, options);
  }

  FlowSpec with(Transfer what) {
    return new FlowSpec(connections, peer, what, path, options);
  }

  FlowSpec with(PathSpec way) {
    return new FlowSpec(connections, peer, transfer, way, options);
  }

  FlowSpec with(SocketOptions set) {
    return new FlowSpec(connections, peer, transfer, path, set);
  }

  Rate send() {
    return transfer.send();
  }

  Rate read() {
    return transfer.read();
  }

  /** Whether connections made for the other spec can go on with this one. */
  boolean canFollow(FlowSpec other) {
    return path.equals(other.path) && peer.equals(other.peer) && options.canFollow(other.options);
  }
}
