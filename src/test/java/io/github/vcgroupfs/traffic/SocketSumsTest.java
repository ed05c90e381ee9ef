package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the traffic tells of groups in {@code sim.groups}. */
class SocketSumsTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private MemoryTree tree;
  private Traffic traffic;
  private MemCgroup web;
  private MemCgroup db;

  @BeforeEach
  void make() throws Exception {
    tree = trees.newTree(Profiles.byId("linux-6.18").orElseThrow().relaxed(), Membership.NOBODY);
    traffic =
        Traffic.onVirtualTime(tree.tree(), Sharing.byDefault(Caller.SELF), 1, new EventQueue(0));
    web = MemCgroup.of(tree.tree().mkdir(tree.tree().root(), "web"));
    db = MemCgroup.of(tree.tree().mkdir(tree.tree().root(), "db"));
  }

  @AfterEach
  void end() {
    traffic.close();
  }

  private void flows(String lines) throws Exception {
    Map<Served, ServedFile> files = traffic.files();
    Writer writer = new Writer(Caller.SELF, Sharing.byDefault(Caller.SELF), new Inodes());
    files.get(Served.TCP_FLOWS).write(web.cgroup(), writer, lines);
  }

  private Row row(MemCgroup group) {
    Row row = new Row();
    traffic.files().get(Served.TCP_SOCKETS).figures().fill(group.cgroup(), row);
    return row;
  }

  private static long count(MemCgroup group, TcpCounter counter) {
    return group.tcp().stats().get(counter);
  }

  @Test
  void eachEndCountsInItsGroupAndWindowsWhereTheReaderIs() throws Exception {
    flows("add a connections=3 send=1M/s\nadd b connections=2 peer=/db send=1M/s\n");
    traffic.runUntil(SECOND_NS);

    Row ofWeb = row(web);
    Row ofDb = row(db);
    assertThat(ofWeb.get(Column.SOCKETS)).isEqualTo(3 * 2 + 2);
    assertThat(ofDb.get(Column.SOCKETS)).isEqualTo(2);
    FlowState a = traffic.flows(web.cgroup()).get(0);
    FlowState b = traffic.flows(web.cgroup()).get(1);
    assertThat(ofWeb.get(Column.WINDOW)).isEqualTo(a.windowBytes()).isPositive();
    assertThat(ofDb.get(Column.WINDOW)).isEqualTo(b.windowBytes()).isPositive();
    Row ofRoot = row(MemCgroup.of(tree.tree().root()));
    assertThat(ofRoot.get(Column.SOCKETS)).isEqualTo(10);
    assertThat(ofRoot.get(Column.WINDOW)).isEqualTo(a.windowBytes() + b.windowBytes());
  }

  @Test
  void bytesCountInTheGroupOfTheirSocket() throws Exception {
    flows("add a read=1M/s\nadd b peer=/db read=2M/s\n");
    traffic.runUntil(SECOND_NS);
    FlowState a = traffic.flows(web.cgroup()).get(0);
    FlowState b = traffic.flows(web.cgroup()).get(1);
    assertThat(count(web, TcpCounter.SENT_BYTES)).isEqualTo(a.sentBytes() + b.sentBytes());
    assertThat(count(web, TcpCounter.RECEIVED_BYTES)).isEqualTo(a.receivedBytes()).isPositive();
    assertThat(count(db, TcpCounter.RECEIVED_BYTES)).isEqualTo(b.receivedBytes()).isPositive();
    assertThat(count(db, TcpCounter.SENT_BYTES)).isZero();

    flows("remove a\nremove b\n");
    assertThat(count(web, TcpCounter.SENT_BYTES)).isEqualTo(a.sentBytes() + b.sentBytes());
    assertThat(row(web).get(Column.SOCKETS)).isZero();
    assertThat(row(web).get(Column.WINDOW)).isZero();
  }
}
