package io.github.vcgroupfs.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A named set of connections of a group. Not thread-safe: guarded by the lock of {@link Traffic}.
 */
final class Flow {
  private final Function<FlowSpec, Connection> connect;
  private final List<Connection> connections = new ArrayList<>();
  private FlowSpec spec;

  /** What connections that were taken away had moved. */
  private long goneSentBytes;

  private long goneReceivedBytes;

  Flow(FlowSpec spec, Function<FlowSpec, Connection> connect) {
    this.spec = spec;
    this.connect = connect;
    resize();
  }

  FlowSpec spec() {
    return spec;
  }

  void change(FlowSpec newSpec) {
    spec = newSpec;
    resize();
    connections.forEach(connection -> connection.change(newSpec));
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

  private void resize() {
    while (connections.size() > spec.connections()) {
      Connection last = connections.remove(connections.size() - 1);
      goneSentBytes += last.sentBytes();
      goneReceivedBytes += last.receivedBytes();
      last.close();
    }
    while (connections.size() < spec.connections()) {
      Connection connection = connect.apply(spec);
      connections.add(connection);
      connection.start();
    }
  }
}
