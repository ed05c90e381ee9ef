package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.List;

/**
 * The flows of one group outside a mount, for a simulation: takes the lines that {@code
 * sim.tcp.flows} takes. Not thread-safe.
 */
public final class Flows {
  private final Network network;
  private final FlowTable table;

  Flows(Network network, MemCgroup group) {
    this.network = network;
    this.table = new FlowTable(network.connector(group));
  }

  /** Carries out lines as {@code sim.tcp.flows} does: all or none. */
  public void write(String lines) throws ErrnoException {
    List<FlowCommand> commands = FlowCommand.parse(lines);
    network.requireGroups(FlowTable.peerPaths(commands));
    table.plan(commands);
    table.apply(commands);
  }

  /** Bytes that all senders have written. */
  public long sentBytes() {
    return table.sentBytes();
  }

  /** Bytes that all readers have read. */
  public long receivedBytes() {
    return table.receivedBytes();
  }

  /** The windows that receivers advertise now, bytes in all. */
  public long windowBytes() {
    return table.flows().stream()
        .flatMap(flow -> flow.connections().stream())
        .mapToLong(Connection::windowBytes)
        .sum();
  }

  /** Ends all connections. */
  public void close() {
    table.close();
  }
}
