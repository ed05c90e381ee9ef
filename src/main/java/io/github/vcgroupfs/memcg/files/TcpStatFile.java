package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.Figures;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpStats;

/** {@code sim.tcp.stat}: a group's own numbers; on the root those of the machine. */
final class TcpStatFile implements ServedFile {
  private final MemoryController memory;

  /** The file of a hierarchy with that controller. */
  TcpStatFile(MemoryController memory) {
    this.memory = memory;
  }

  @Override
  public String read(Cgroup group, Caller caller) {
    return Reports.tcpStat(memory, MemCgroup.of(group));
  }

  @Override
  public Figures figures() {
    return this::fill;
  }

  private void fill(Cgroup group, Row row) {
    TcpMachine machine = memory.machine();
    MemCgroup of = MemCgroup.of(group);
    boolean root = of.isRoot();
    TcpStats stats = root ? machine.stats() : of.tcp().stats();
    boolean pressed = machine.pressure().isOn() || (!root && of.tcp().underPressure());
    row.set(Column.PRESSURE, pressed ? 1 : 0);
    row.set(Column.PRESSURE_ENTERED, stats.get(TcpCounter.PRESSURE_ENTERED));
    row.set(
        Column.PRESSURE_MS, root ? machine.pressure().totalMs() : of.tcp().pressure().totalMs());
    row.set(Column.SENT, stats.get(TcpCounter.SENT_BYTES));
    row.set(Column.RECEIVED, stats.get(TcpCounter.RECEIVED_BYTES));
    row.set(Column.PRUNED, stats.get(TcpCounter.PRUNED));
    row.set(Column.DROPPED, stats.get(TcpCounter.RCVQ_DROPPED) + stats.get(TcpCounter.OFO_DROPPED));
    row.set(Column.ZERO_WINDOW, stats.get(TcpCounter.ZERO_WINDOW));
    row.set(Column.SEND_REFUSED, stats.get(TcpCounter.SEND_REFUSED));
  }
}
