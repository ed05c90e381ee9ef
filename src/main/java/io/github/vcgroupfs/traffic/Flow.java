package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.tcp.Draws;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A named set of connections of a group. Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Flow {
  private final Connector connector;

  /** One program sends for all connections of a flow. */
  private final PageFrag frag = new PageFrag();

  private final List<Connection> connections = new ArrayList<>();

  /** Of the flow's name: what its connections draw does not depend on other flows. */
  private final long seed;

  /** The user who added it, for whom its connections count. */
  private final int uid;

  private FlowSpec spec;

  /** How many connections there ever were. */
  private long made;

  /** What connections that were taken away had moved. */
  private long goneSentBytes;

  private long goneReceivedBytes;

  /**
   * A flow, with its connections.
   *
   * @param uid who added it
   * @param seed of what is drawn by chance
   * @param connector makes the connections
   */
  Flow(FlowSpec spec, int uid, long seed, Connector connector) {
    this.spec = spec;
    this.seed = seed;
    this.uid = uid;
    this.connector = connector;
    resize();
  }

  /** Makes connections. */
  interface Connector {
    /**
     * A connection as that spec has it.
     *
     * @param seed of what is drawn by chance; the group's is mixed into it
     */
    Connection connect(FlowSpec spec, PageFrag frag, long seed);
  }

  FlowSpec spec() {
    return spec;
  }

  int uid() {
    return uid;
  }

  List<Connection> connections() {
    return Collections.unmodifiableList(connections);
  }

  /**
   * Other numbers from now on. Another path, or other buffers, mean other connections.
   *
   * @param moreBytes whether the senders get the spec's bytes to send anew
   */
  void change(FlowSpec newSpec, boolean moreBytes) {
    if (!newSpec.canFollow(spec)) {
      shrinkTo(0);
    }
    int kept = Math.min(connections.size(), newSpec.connections());
    spec = newSpec;
    resize();
    for (Connection connection : connections.subList(0, kept)) {
      connection.change(newSpec, moreBytes);
    }
  }

  void close() {
    connections.forEach(Connection::close);
    connections.clear();
  }

  long sentBytes() {
    return goneSentBytes + connections.stream().mapToLong(Connection::sentBytes).sum();
  }

  long receivedBytes() {
    return goneReceivedBytes + connections.stream().mapToLong(Connection::receivedBytes).sum();
  }

  /** The windows that all receivers offer now, added up. */
  long windowBytes() {
    return connections.stream().mapToLong(Connection::windowBytes).sum();
  }

  private void resize() {
    shrinkTo(spec.connections());
    while (connections.size() < spec.connections()) {
      Connection connection = connector.connect(spec, frag, Draws.seed(seed, made++));
      connections.add(connection);
      connection.start();
    }
  }

  private void shrinkTo(int count) {
    while (connections.size() > count) {
      Connection last = connections.remove(connections.size() - 1);
      goneSentBytes += last.sentBytes();
      goneReceivedBytes += last.receivedBytes();
      last.close();
    }
  }
}
