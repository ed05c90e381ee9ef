package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Sharing;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code remove NAME --connections}: what has been accepted ends, too, and at once. */
@Timeout(60)
class RelayRemoveIT {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final long LIMIT = 256 << 10;

  private final Hosts hosts = new Hosts();
  private final Sharing sharing = Sharing.byDefault(Caller.SELF);
  private final Writer owner = new Writer(Caller.SELF, sharing, new Inodes());
  private final List<Socket> sockets = new ArrayList<>();
  private ServerSocket server;
  private MemoryTree tree;
  private MemCgroup web;
  private Relays relays;

  @BeforeEach
  void setUp() throws Exception {
    server = new ServerSocket(0, 50, LOOPBACK);
    tree =
        new MemoryTree(
            Profiles.byId("linux-6.18").orElseThrow().relaxed(),
            Membership.NOBODY,
            System::nanoTime,
            ModelListener.SILENT);
    web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().limitOfBytes(LIMIT));
    relays = new Relays(tree.tree(), sharing, EventLoops::start, new Resolver(hosts::of));
  }

  @AfterEach
  void tearDown() throws Exception {
    relays.close();
    server.close();
    for (Socket each : sockets) {
      each.close();
    }
  }

  private void write(String line) throws ErrnoException {
    relays.write(web.cgroup(), owner, line);
  }

  private void add(String name, String host) throws ErrnoException {
    write("add %s listen=127.0.0.1:0 connect=%s:%d".formatted(name, host, server.getLocalPort()));
  }

  private Socket connect(String name) throws Exception {
    String row =
        relays
            .read(web.cgroup(), Caller.SELF)
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .findFirst()
            .orElseThrow();
    String port = row.strip().split(" +", -1)[1].replaceFirst(".*:", "");
    Socket client = new Socket(LOOPBACK, Integer.parseInt(port));
    sockets.add(client);
    return client;
  }

  private Socket accept() throws Exception {
    Socket served = server.accept();
    sockets.add(served);
    return served;
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(1);
    }
  }

  private static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).hasMessageContaining("reset");
  }

  private long usage() {
    return tree.usage(web, CounterKind.TCP);
  }

  private void assertNothingLeft() {
    assertThat(usage()).isZero();
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS)).isZero();
    SocketList list = new SocketList(web);
    relays.list(list, Caller.SELF);
    assertThat(list.toString()).isEmpty();
  }

  /** Client and server of a connection whose queue is as full as may be. */
  private List<Socket> full(String name) throws Exception {
    Socket client = connect(name);
    Socket served = accept();
    Thread sender =
        new Thread(
            () -> {
              try {
                served.getOutputStream().write(new byte[64 << 20]);
              } catch (java.io.IOException reset) {
                // as it should
              }
            });
    sender.setDaemon(true);
    sender.start();
    await(() -> usage() > 0);
    return List.of(client, served);
  }

  @Test
  void bothPeersSeeAResetAndAllIsBackWhenTheWriteReturns() throws Exception {
    add("r", "127.0.0.1");
    List<Socket> pair = full("r");
    Socket idle = connect("r");
    Socket idlesServer = accept();
    write("remove r --connections");
    assertNothingLeft();
    assertReset(pair.get(0));
    assertReset(idle);
    assertReset(idlesServer);
    assertThat(relays.read(web.cgroup(), Caller.SELF)).isEmpty();
  }

  @Test
  void whatAnEarlierRemoveHasLeftEndsByTheSameName() throws Exception {
    add("r", "127.0.0.1");
    add("other", "127.0.0.1");
    Socket client = connect("r");
    accept();
    Socket others = connect("other");
    Socket othersServer = accept();
    write("remove r");
    add("r", "127.0.0.1"); // another one of that name
    Socket later = connect("r");
    accept();
    write("remove r --connections");
    assertReset(client);
    assertReset(later);
    othersServer.getOutputStream().write(1);
    assertThat(others.getInputStream().read()).isOne();
    write("remove other");
    write("remove other --connections");
    assertReset(others);
    assertNothingLeft();
    assertThatThrownBy(() -> write("remove other --connections"))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void aConnectionWhoseTargetIsNotKnownYetEndsToo() throws Exception {
    hosts.silence("slow.example");
    hosts.put("slow.example", LOOPBACK);
    add("r", "slow.example");
    Socket client = connect("r");
    await(() -> sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS) == 1);
    write("remove r --connections");
    assertReset(client);
    hosts.speak("slow.example");
    await(() -> sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS) == 0);
    assertNothingLeft();
  }

  @Test
  void allOrNothingAsForEveryLine() throws Exception {
    add("r", "127.0.0.1");
    Socket client = connect("r");
    Socket served = accept();
    assertThatThrownBy(() -> write("remove r --connections\nremove nobody"))
        .isInstanceOf(ErrnoException.class);
    served.getOutputStream().write(1);
    assertThat(client.getInputStream().read()).isOne();
    assertThatThrownBy(() -> write("remove r --connection"))
        .hasMessageContaining("remove takes a name and at most --connections, not \"--connection\"")
        .hasMessageContaining("write remove r");
    assertThatThrownBy(() -> write("remove r --connections --connections"))
        .isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> write("add s listen=:0 connect=:1 --connections"))
        .isInstanceOf(ErrnoException.class);
  }

  @Test
  void whoIsAboutToConnectMeanwhileEndsToo() throws Exception {
    for (int round = 0; round < 20; round++) {
      add("r", "127.0.0.1");
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(connect("r"));
      }
      write("remove r --connections");
      for (Socket each : clients) {
        assertReset(each);
      }
    }
    await(() -> sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS) == 0);
    assertNothingLeft();
  }
}
