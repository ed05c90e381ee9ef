package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.Figures;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import java.util.HashMap;
import java.util.Map;

/**
 * How many sockets each group has, and what their windows are in sum. On the root it is all of the
 * machine, as in {@code sim.tcp.stat}. For one thread.
 */
final class SocketSums implements Figures {
  private final Map<MemCgroup, Sums> groups = new HashMap<>();
  private final long allSockets;
  private long allWindowBytes;

  /** Sums of one group. */
  private static final class Sums {
    private long sockets;
    private long windowBytes;
  }

  /** No sockets yet. */
  SocketSums(MemoryController memory) {
    this.allSockets = memory.machine().socketsAllocated();
  }

  /** Both ends of a flow's connections. */
  void add(Flow flow) {
    for (Connection each : flow.connections()) {
      for (Session session : each.sessions()) {
        add(session.client());
        Side server = session.server();
        if (server != null) {
          add(server);
        }
      }
    }
  }

  private void add(Side side) {
    if (side.hasSocket()) {
      Sums sums = of(side.sk().group());
      sums.sockets++;
      sums.windowBytes += side.windowBytes();
      allWindowBytes += side.windowBytes();
    }
  }

  /** Sockets without a simulated window. */
  void add(MemCgroup group, long sockets) {
    of(group).sockets += sockets;
  }

  private Sums of(MemCgroup group) {
    return groups.computeIfAbsent(group, any -> new Sums());
  }

  @Override
  public void fill(Cgroup group, Row row) {
    if (group.isRoot()) {
      row.set(Column.SOCKETS, allSockets);
      row.set(Column.WINDOW, allWindowBytes);
      return;
    }
    Sums sums = groups.get(MemCgroup.of(group));
    row.set(Column.SOCKETS, sums == null ? 0 : sums.sockets);
    row.set(Column.WINDOW, sums == null ? 0 : sums.windowBytes);
  }
}
