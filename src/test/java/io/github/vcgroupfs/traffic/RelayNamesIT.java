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
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.rights.Subnet;
import io.github.vcgroupfs.rights.Tasks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Relays to hosts with a name: a name server that is slow, or does not answer at all. */
@Timeout(60)
class RelayNamesIT {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String SLOW = "slow.example";

  private static final Writer OWNER =
      new Writer(Caller.SELF, Sharing.byDefault(Caller.SELF), new Inodes());

  private final Hosts hosts = new Hosts();
  private final List<String> news = new CopyOnWriteArrayList<>();
  private ServerSocket server;
  private MemCgroup web;
  private MemoryTree tree;
  private Relays relays;

  @BeforeEach
  void setUp() throws Exception {
    server = new ServerSocket(0, 50, LOOPBACK);
    tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(), Membership.NOBODY, System::nanoTime, ModelListener.SILENT);
    tree.tree()
        .addNewsListener(
            (group, file, subject, failure) ->
                news.add(
                    "%s %s %s %s: %s"
                        .formatted(group, file, subject, failure.errno(), failure.why())));
    web = tree.mkdir(tree.root(), "web");
    relays =
        new Relays(
            tree.tree(),
            Sharing.byDefault(Caller.SELF),
            EventLoops::start,
            new Resolver(hosts::of));
  }

  @AfterEach
  void tearDown() throws Exception {
    relays.close();
    server.close();
  }

  @Test
  void aNameThatIsNotAnsweredHoldsNobodyUpAndItsConnectionsWaitForIt() throws Exception {
    hosts.silence(SLOW);
    hosts.put(SLOW, LOOPBACK);
    add("r", SLOW);
    assertThat(cell("r", "target")).isEqualTo("resolving");
    add("plain", "127.0.0.1");
    assertThat(cell("plain", "target")).isEqualTo("ready");
    try (Socket waits = new Socket(LOOPBACK, port("r"))) {
      try (Socket client = new Socket(LOOPBACK, port("plain"));
          Socket served = server.accept()) {
        client.getOutputStream().write(1);
        assertThat(served.getInputStream().read()).isOne();
      }
      hosts.speak(SLOW);
      try (Socket served = server.accept()) {
        waits.getOutputStream().write(2);
        assertThat(served.getInputStream().read()).isEqualTo(2);
      }
    }
    assertThat(cell("r", "target")).isEqualTo("ready");
    assertThat(hosts.asked()).isOne();
    assertThat(news).isEmpty();
  }

  @Test
  void aNameThatTurnsOutToBeUnknownIsToldAndAskedForAgain() throws Exception {
    hosts.silence(SLOW);
    add("r", SLOW);
    hosts.speak(SLOW);
    await(() -> cell("r", "target").equals("unknown"));
    await(() -> !news.isEmpty());
    assertThat(news)
        .containsExactly(
            ("/web sim.tcp.relay r EHOSTUNREACH: connect=%s:%d: the host %s is not known here:"
                    + " write its address, or a name that resolves")
                .formatted(SLOW, server.getLocalPort(), SLOW));
    try (Socket client = new Socket(LOOPBACK, port("r"))) {
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
    hosts.put(SLOW, LOOPBACK);
    await(
        () -> {
          try (Socket client = new Socket(LOOPBACK, port("r"))) {
            return client.isConnected() && cell("r", "target").equals("ready");
          }
        });
  }

  @Test
  void aListenerWithANameThatIsNotAnsweredIsEagain() {
    hosts.silence(SLOW);
    assertThatThrownBy(
            () ->
                relays.write(
                    web.cgroup(), OWNER, "add r listen=%s:0 connect=127.0.0.1:80".formatted(SLOW)))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).isEqualTo(Errno.EAGAIN);
              assertThat(refusal.why()).contains("listen=slow.example:0").contains("looked up");
            });
    assertThat(relays.read(web.cgroup(), Caller.SELF)).isEmpty();
  }

  @Test
  void aNameThatTurnsOutToBeForbiddenForAUserIsTold() throws Exception {
    Rights rights =
        new Rights(Caller.SELF, true, Subnet.parseAll("127.0.0.0/8"), false, Tasks.BY_USER);
    Sharing sharing = Sharing.of(rights, QuotaLimits.DEFAULT);
    Writer user = new Writer(new Caller(65534, 65534, 0), sharing, new Inodes());
    assertThatThrownBy(() -> add("r", "127.0.0.1", user))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EPERM));
    hosts.silence(SLOW);
    hosts.put(SLOW, LOOPBACK);
    add("late", SLOW, user);
    try (Socket client = new Socket(LOOPBACK, port("late"))) {
      hosts.speak(SLOW);
      await(() -> !news.isEmpty());
      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
    assertThat(news.get(0))
        .startsWith("/web sim.tcp.relay late EPERM: connect=127.0.0.1:")
        .contains("is in 127.0.0.0/8", "uid 65534", "--forbid-connect");
    add("owners", SLOW);
    try (Socket client = new Socket(LOOPBACK, port("owners"));
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isOne();
    }
  }

  /** More names than there are threads, in one write: one write waits once, and goes on. */
  @Test
  void manyNamesThatAreNotAnsweredAreOneWait() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      hosts.silence("host" + i);
      lines.append("add r%d listen=:0 connect=host%d:80%n".formatted(i, i));
    }
    long beforeNs = System.nanoTime();
    add("plain", "127.0.0.1");
    long plainNs = System.nanoTime() - beforeNs;
    relays.write(web.cgroup(), OWNER, lines.toString());
    long manyNs = System.nanoTime() - beforeNs - plainNs;
    // each for itself would be 40 times the tenth of a second that a write waits for names
    assertThat(manyNs).isLessThan(2_000_000_000L + 40 * plainNs);
    assertThat(cell("r39", "target")).isEqualTo("resolving");
    tree.rmdir(web);
    relays.close();
  }

  private void add(String name, String host) throws ErrnoException {
    add(name, host, OWNER);
  }

  private void add(String name, String host, Writer writer) throws ErrnoException {
    relays.write(
        web.cgroup(),
        writer,
        "add %s listen=127.0.0.1:0 connect=%s:%d".formatted(name, host, server.getLocalPort()));
  }

  private int port(String name) {
    String listen = cell(name, "listen");
    return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
  }

  private String cell(String name, String column) {
    List<List<String>> rows =
        relays
            .read(web.cgroup(), Caller.SELF)
            .lines()
            .map(line -> Arrays.asList(line.strip().split(" +", -1)))
            .toList();
    int index = rows.get(0).indexOf(column);
    return rows.stream()
        .filter(row -> row.get(0).equals(name))
        .findFirst()
        .orElseThrow()
        .get(index);
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(1);
    }
  }
}
