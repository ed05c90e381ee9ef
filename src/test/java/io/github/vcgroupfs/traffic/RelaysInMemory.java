package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Sharing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Relays of the group {@code web} of a hierarchy without a mount, to a server of this process. */
final class RelaysInMemory implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int SMALL = 4_096;

  final Hosts hosts = new Hosts();
  final Sharing sharing = Sharing.byDefault(Caller.SELF);
  final ServerSocket server = new ServerSocket(0, 1_000, LOOPBACK);
  final MemoryTree tree =
      new MemoryTree(
          Profiles.byId("linux-6.18").orElseThrow().relaxed(),
          Membership.NOBODY,
          System::nanoTime,
          ModelListener.SILENT);
  final MemCgroup web = tree.mkdir(tree.root(), "web");
  final Relays relays =
      new Relays(tree.tree(), sharing, EventLoops::start, new Resolver(hosts::of));
  private final Writer owner = new Writer(Caller.SELF, sharing, new Inodes());
  private final List<Socket> sockets = new ArrayList<>();

  RelaysInMemory() throws IOException, ErrnoException {
    // fields only
  }

  static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(1);
    }
  }

  static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).hasMessageContaining("reset");
  }

  void limit(long bytes) throws ErrnoException {
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().limitOfBytes(bytes));
  }

  long usageBytes() {
    return tree.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  long connections() {
    return sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS);
  }

  void write(String line) throws ErrnoException {
    relays.write(web.cgroup(), owner, line);
  }

  void add(String name, String host, String options) throws ErrnoException {
    write(
        "add %s listen=127.0.0.1:0 connect=%s:%d %s"
            .formatted(name, host, server.getLocalPort(), options));
  }

  private int port(String name) {
    String row =
        relays
            .read(web.cgroup(), Caller.SELF)
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .findFirst()
            .orElseThrow();
    return Integer.parseInt(row.strip().split(" +", -1)[1].replaceFirst(".*:", ""));
  }

  /** Is closed with this. */
  Socket connect(String name) throws IOException {
    return kept(new Socket(LOOPBACK, port(name)));
  }

  /** Takes little before it is read. Is closed with this. */
  Socket connectSmall(String name) throws IOException {
    Socket client = kept(new Socket());
    client.setReceiveBufferSize(SMALL);
    client.connect(new InetSocketAddress(LOOPBACK, port(name)));
    return client;
  }

  /** Is closed with this. */
  Socket accept() throws IOException {
    return kept(server.accept());
  }

  private synchronized Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  void assertNothingLeft() {
    assertThat(usageBytes()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(connections()).isZero();
    SocketList list = new SocketList(web);
    relays.list(list, Caller.SELF);
    assertThat(list.toString()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    relays.close();
    server.close();
    for (Socket each : sockets) {
      each.close();
    }
  }
}
