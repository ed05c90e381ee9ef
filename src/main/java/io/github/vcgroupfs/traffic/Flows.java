package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.List;

/**
 * The flows of one group in a simulation, without a mount. It accepts the same lines as the file
 * {@code sim.tcp.flows}. Not thread-safe.
 */
public final class Flows {
  private final Network network;
  private final FlowTable table;

  Flows(Network network, MemCgroup group) {
    this.network = network;
    this.table = new FlowTable(network.connector(group));
  }

  /**
   * Carries out lines as {@code sim.tcp.flows} does: all of them or none.
   *
   * @throws ErrnoException EINVAL for a bad line, ENOENT if there is no group with the name of a
   *     peer, or the error of a line that cannot be carried out
   */
  public void write(String lines) throws ErrnoException {
    List<FlowCommand> commands = FlowCommand.parse(lines);
    network.require(commands);
    table.plan(commands, Caller.SELF.uid());
    table.apply(commands, Caller.SELF.uid());
  }

  /**
   * How many connections these lines make, if none of them replaces another.
   *
   * @throws ErrnoException EINVAL for a bad line
   */
  public static long connections(String lines) throws ErrnoException {
    long connections = 0;
    for (FlowCommand command : FlowCommand.parse(lines)) {
      if (command.verb() != FlowCommand.Verb.REMOVE) {
        connections += command.applyTo(FlowSpec.DEFAULT).connections();
      }
    }
    return connections;
  }

  /** How many bytes all senders have written. */
  public long sentBytes() {
    return table.sentBytes();
  }

  /** How many bytes all readers have read. */
  public long receivedBytes() {
    return table.receivedBytes();
  }

  /** The windows that all receivers offer now, added up, in bytes. */
  public long windowBytes() {
    return table.flows().stream().mapToLong(Flow::windowBytes).sum();
  }

  /** Ends all connections. */
  public void close() {
    table.close();
  }
}
