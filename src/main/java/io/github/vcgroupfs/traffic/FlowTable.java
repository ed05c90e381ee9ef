package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flows of one group. Not thread-safe: guarded by the lock of {@link Traffic}. */
final class FlowTable {
  private static final String ROW = "%-16s %11s %9s %9s %9s %16s %16s %9s %9s %12s%s%n";

  private final Flow.Connector connect;
  private final Map<String, Flow> flows = new LinkedHashMap<>();

  /** What flows that were removed had moved. */
  private long goneSentBytes;

  private long goneReceivedBytes;

  FlowTable(Flow.Connector connect) {
    this.connect = connect;
  }

  /** A flow that there will be. */
  private record Planned(FlowSpec spec, int uid) {}

  /**
   * Looks at all commands before anything is done.
   *
   * @param writer the uid of who writes them
   * @return for each user, by how many the number of connections will grow
   */
  Map<Integer, Long> plan(List<FlowCommand> commands, int writer) throws ErrnoException {
    Map<String, Planned> planned = new LinkedHashMap<>();
    flows.forEach((name, flow) -> planned.put(name, new Planned(flow.spec(), flow.uid())));
    for (FlowCommand command : commands) {
      String name = command.name();
      Planned flow = planned.get(name);
      switch (command.verb()) {
        case ADD -> {
          if (flow != null) {
            throw new ErrnoException(
                Errno.EEXIST,
                "there is a flow %s already: set or remove it, or take another name"
                    .formatted(name));
          }
          planned.put(name, new Planned(sensible(command.applyTo(FlowSpec.DEFAULT)), writer));
        }
        case SET -> {
          Planned there = requireFlow(name, flow);
          planned.put(name, new Planned(sensible(command.applyTo(there.spec())), there.uid()));
        }
        case REMOVE -> {
          requireFlow(name, flow);
          planned.remove(name);
        }
      }
    }
    long connections = planned.values().stream().mapToLong(flow -> flow.spec().connections()).sum();
    if (connections > FlowCommand.MAX_CONNECTIONS) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%d connections in one group; %d is the most"
              .formatted(connections, FlowCommand.MAX_CONNECTIONS));
    }
    Map<Integer, Long> changes = connectionsByUser();
    changes.replaceAll((uid, count) -> -count);
    planned
        .values()
        .forEach(flow -> changes.merge(flow.uid(), (long) flow.spec().connections(), Long::sum));
    return changes;
  }

  private static FlowSpec sensible(FlowSpec spec) throws ErrnoException {
    spec.requireSense();
    return spec;
  }

  /** Carries out commands that {@link #plan} has found good, for the same writer. */
  void apply(List<FlowCommand> commands, int writer) throws ErrnoException {
    for (FlowCommand command : commands) {
      String name = command.name();
      Flow flow = flows.get(name);
      if (flow == null) {
        FlowSpec spec = command.applyTo(FlowSpec.DEFAULT);
        flows.put(name, new Flow(spec, writer, name.hashCode(), connect));
      } else if (command.verb() == FlowCommand.Verb.REMOVE) {
        goneSentBytes += flow.sentBytes();
        goneReceivedBytes += flow.receivedBytes();
        flow.close();
        flows.remove(name);
      } else {
        flow.change(
            command.applyTo(flow.spec()),
            command.has(FlowKey.BYTES) || command.has(FlowKey.REQUESTS));
      }
    }
  }

  boolean isEmpty() {
    return flows.isEmpty();
  }

  /** How many connections count for each user who has any. */
  Map<Integer, Long> connectionsByUser() {
    Map<Integer, Long> counts = new HashMap<>();
    flows
        .values()
        .forEach(flow -> counts.merge(flow.uid(), (long) flow.spec().connections(), Long::sum));
    return counts;
  }

  void close() {
    flows.values().forEach(Flow::close);
    flows.clear();
  }

  /** Adds every socket of the flows that is in the list's group. */
  void list(SocketList sockets) {
    flows.forEach(sockets::add);
  }

  /** Bytes that all senders have written, those of removed flows too. */
  long sentBytes() {
    return goneSentBytes + flows.values().stream().mapToLong(Flow::sentBytes).sum();
  }

  /** Bytes that all readers have read, those of removed flows too. */
  long receivedBytes() {
    return goneReceivedBytes + flows.values().stream().mapToLong(Flow::receivedBytes).sum();
  }

  Collection<Flow> flows() {
    return flows.values();
  }

  /** What each flow has moved, in the order in which they were added. */
  List<FlowState> states() {
    return flows.entrySet().stream()
        .map(
            each ->
                new FlowState(
                    each.getKey(),
                    each.getValue().sentBytes(),
                    each.getValue().receivedBytes(),
                    each.getValue().windowBytes()))
        .toList();
  }

  /** The groups that the commands name as peers. */
  static List<String> peerPaths(List<FlowCommand> commands) throws ErrnoException {
    List<String> paths = new ArrayList<>();
    for (FlowCommand command : commands) {
      String path = command.applyTo(FlowSpec.DEFAULT).peer().path();
      if (path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** A header and a row a flow; nothing if there are none. */
  String text() {
    if (flows.isEmpty()) {
      return "";
    }
    boolean plain =
        flows.values().stream().allMatch(flow -> FlowKey.options(flow.spec()).equals("-"));
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted(
            "name",
            "connections",
            "chunk",
            "send",
            "read",
            "sent",
            "received",
            "rtt",
            "peer",
            "bytes",
            plain ? "" : " options"));
    flows.forEach((name, flow) -> text.append(row(name, flow, plain)));
    return text.toString();
  }

  private static String row(String name, Flow flow, boolean plain) {
    FlowSpec spec = flow.spec();
    return ROW.formatted(
        name,
        FlowKey.CONNECTIONS.text(spec),
        FlowKey.CHUNK.text(spec),
        FlowKey.SEND.text(spec),
        FlowKey.READ.text(spec),
        flow.sentBytes(),
        flow.receivedBytes(),
        FlowKey.RTT.text(spec),
        FlowKey.PEER.text(spec),
        FlowKey.BYTES.text(spec),
        plain ? "" : " " + FlowKey.options(spec));
  }

  private static Planned requireFlow(String name, @Nullable Planned flow) throws ErrnoException {
    if (flow == null) {
      throw new ErrnoException(Errno.ENOENT, "there is no flow %s: add it first".formatted(name));
    }
    return flow;
  }
}
