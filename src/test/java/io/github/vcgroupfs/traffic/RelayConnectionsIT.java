package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.rights.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections over loopback, through relays of a group. */
@Timeout(60)
@Tag("jdk")
@Tag("single-cpu")
class RelayConnectionsIT {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int BYTES = 3 << 20;

  /** Names of rows of the table. */
  private static final String NAME = "r";

  /** The name server of these tests. */
  private final Hosts hosts = new Hosts();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private MemoryTree tree;
  private MemCgroup web;
  private Relays relays;
  private static final Writer OWNER =
      new Writer(Caller.SELF, Sharing.byDefault(Caller.SELF), new Inodes());

  private ServerSocket server;

  @BeforeEach
  void setUp() throws Exception {
    server = new ServerSocket(0, 1_000, LOOPBACK);
    begin("linux-6.18");
  }

  private void begin(String profile) throws Exception {
    if (relays != null) {
      relays.close();
    }
    tree =
        new MemoryTree(
            Profiles.byId(profile).orElseThrow().relaxed(),
            Membership.NOBODY,
            System::nanoTime,
            ModelListener.SILENT);
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
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void limit(long bytes) throws ErrnoException {
    tree.setLimit(web, CounterKind.TCP, tree.profile().era().limitOfBytes(bytes));
  }

  private long usage() {
    return tree.profile().era().toBytes(tree.usage(web, CounterKind.TCP));
  }

  /** Adds a relay to the server; returns the port it listens on. */
  private int add(String options) throws ErrnoException {
    relays.write(
        web.cgroup(),
        OWNER,
        "add %s listen=127.0.0.1:0 connect=127.0.0.1:%d %s"
            .formatted(NAME, server.getLocalPort(), options));
    return port(NAME);
  }

  private int port(String name) {
    return relays
        .read(web.cgroup(), Caller.SELF)
        .lines()
        .map(line -> line.strip().split(" +", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private long column(String column) {
    List<String> lines = relays.read(web.cgroup(), Caller.SELF).lines().toList();
    int index = Arrays.asList(lines.get(0).strip().split(" +", -1)).indexOf(column);
    return Long.parseLong(lines.get(1).strip().split(" +", -1)[index]);
  }

  private static byte[] randomBytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(1);
    }
  }

  /** Nothing is charged and nobody is connected: closing takes a moment. */
  private void awaitNothingLeft() throws Exception {
    await(
        () ->
            usage() == 0
                && tree.machine().socketsAllocated() == 0
                && tree.usage(tree.root(), CounterKind.TCP) == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "linux-6.18, -1",
    "linux-6.18, 65536",
    "linux-6.1, 65536",
    "linux-5.10, 65536",
    "linux-4.4, 65536",
    "linux-3.10, 65536",
    "lwn-2011, 65536",
    "lwn-2011, 16384"
  })
  void everyByteArrivesInOrderBothWaysAndTheLimitHolds(String profile, long limit)
      throws Exception {
    begin(profile);
    if (limit >= 0) {
      limit(limit);
    }
    int port = add("");
    byte[] there = randomBytes(1, BYTES);
    byte[] back = randomBytes(2, BYTES);
    AtomicBoolean over = new AtomicBoolean();
    Future<Long> mostHeld = threads.submit(() -> mostHeldUntil(over));
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      Future<?> sent = threads.submit(() -> writeAndEnd(client, there));
      Future<?> answered = threads.submit(() -> writeAndEnd(served, back));
      Future<byte[]> received = threads.submit(() -> served.getInputStream().readAllBytes());
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(back);
      assertThat(received.get()).isEqualTo(there);
      sent.get();
      answered.get();
    } finally {
      over.set(true);
    }
    awaitNothingLeft();
    assertThat(column("in")).isEqualTo(BYTES);
    assertThat(column("out")).isEqualTo(BYTES);
    assertThat(column("held")).isZero();
    if (limit >= 0) {
      assertThat(mostHeld.get()).isPositive().isLessThanOrEqualTo(limit + 2 * Pages.SIZE_BYTES);
      assertThat(column("refusals")).isPositive();
    }
  }

  private long mostHeldUntil(AtomicBoolean over) {
    long most = 0;
    while (!over.get()) {
      most = Math.max(most, column("held"));
    }
    return most;
  }

  private static Void writeAndEnd(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.shutdownOutput();
    return null;
  }

  @Test
  void aSlowReaderStopsTheSenderAtTheLimit() throws Exception {
    limit(65_536);
    int port = add("");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      Future<?> sent = threads.submit(() -> writeAndEnd(client, new byte[64 << 20]));
      await(() -> column("refusals") > 0 && column("held") > 0);
      Thread.sleep(300); // longer than the last retry
      assertThat(column("held")).isBetween(1L, 65_536L + Pages.SIZE_BYTES);
      assertThat(usage()).isBetween(1L, 65_536L + Pages.SIZE_BYTES);
      assertThat(column("paused_ms")).isPositive();
      assertThat(sent.isDone()).isFalse();
      // the limit goes: the sender goes on
      limit(tree.profile().era().toBytes(tree.profile().era().unlimited()));
      assertThat(served.getInputStream().readAllBytes()).hasSize(64 << 20);
      sent.get();
    }
    awaitNothingLeft();
  }

  @Test
  void endsThatComeWhileReadingIsStoppedLeaveNothing() throws Exception {
    limit(32_768);
    int port = add("");
    Future<?> serving =
        threads.submit(
            () -> {
              for (int i = 0; i < 36; i++) {
                Socket served = server.accept();
                Future<?> unused = threads.submit(() -> writeAndEnd(served, randomBytes(9, BYTES)));
              }
              return null;
            });
    List<Future<Integer>> right = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      Random random = new Random(thread);
      right.add(threads.submit(() -> readSlowly(port, random, 6)));
    }
    byte[] there = randomBytes(9, BYTES);
    for (Future<Integer> each : right) {
      assertThat(each.get()).isEqualTo(6 * Arrays.hashCode(there));
    }
    serving.get();
    awaitNothingLeft();
  }

  /** The sum of the hash codes of what so many connections bring. */
  private static int readSlowly(int port, Random random, int connections) throws Exception {
    int sum = 0;
    for (int i = 0; i < connections; i++) {
      try (Socket client = new Socket(LOOPBACK, port)) {
        byte[] all = new byte[BYTES];
        InputStream in = client.getInputStream();
        int half = in.readNBytes(all, 0, random.nextInt(BYTES));
        Thread.sleep(random.nextInt(20)); // the end may come before the rest was read
        in.readNBytes(all, half, BYTES - half);
        assertThat(in.read()).isEqualTo(-1);
        sum += Arrays.hashCode(all);
      }
    }
    return sum;
  }

  /** The end is known long before what came before it may be read. */
  @Test
  void aServerThatEndsWhileReadingIsStoppedDoesNotGetPastTheLimit() throws Exception {
    limit(16_384);
    int port = add("sndbuf=4K");
    byte[] all = randomBytes(5, 70_000);
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4_096);
      client.connect(new InetSocketAddress(LOOPBACK, port));
      try (Socket served = server.accept()) {
        writeAndEnd(served, all); // data and end fit into what the kernel holds for the relay
      }
      await(() -> column("refusals") > 0);
      for (int i = 0; i < 300; i++) {
        assertThat(column("held")).isLessThanOrEqualTo(16_384L + Pages.SIZE_BYTES);
        Thread.sleep(1);
      }
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(all);
    }
    awaitNothingLeft();
  }

  @Test
  void evenWithoutAnyMemoryAllIsPassedOnInTheEnd() throws Exception {
    limit(0);
    int port = add("");
    byte[] there = randomBytes(3, 10_000);
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      writeAndEnd(client, there);
      assertThat(served.getInputStream().readAllBytes()).isEqualTo(there);
    }
    awaitNothingLeft();
  }

  @Test
  void anEndIsPassedOnAsAnEnd() throws Exception {
    int port = add("");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      client.shutdownOutput();
      assertThat(served.getInputStream().read()).isEqualTo(-1);
      OutputStream answer = served.getOutputStream();
      for (int i = 0; i < 3; i++) {
        answer.write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i);
      }
      served.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    awaitNothingLeft();
  }

  @Test
  void dataAndEndBeforeTheOtherSideIsConnectedAreKept() throws Exception {
    int port = add("");
    for (int i = 0; i < 50; i++) {
      byte[] there = randomBytes(i, 5_000);
      try (Socket client = new Socket(LOOPBACK, port)) {
        writeAndEnd(client, there);
        try (Socket served = server.accept()) {
          assertThat(served.getInputStream().readAllBytes()).isEqualTo(there);
        }
      }
    }
    awaitNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResetIsPassedOnAsAReset(boolean byClient) throws Exception {
    int port = add("");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      Socket one = byClient ? client : served;
      Socket other = byClient ? served : client;
      one.getOutputStream().write(1);
      assertThat(other.getInputStream().read()).isEqualTo(1);
      one.setSoLinger(true, 0);
      one.close();
      assertThatThrownBy(() -> other.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    awaitNothingLeft();
  }

  @Test
  void whoCannotBeReachedIsAReset() throws Exception {
    int port = add("");
    server.close();
    try (Socket client = new Socket(LOOPBACK, port)) {
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
    awaitNothingLeft();
  }

  @Test
  void aPeerThatTakesNothingIsGivenUp() throws Exception {
    limit(1 << 20);
    int port = add("timeout=1s");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      Future<?> sent = threads.submit(() -> writeAndEnd(client, new byte[64 << 20]));
      await(() -> column("held") > 0);
      await(sent::isDone); // with a reset
      assertThatThrownBy(sent::get).hasRootCauseInstanceOf(SocketException.class);
      assertThat(served.isClosed()).isFalse();
    }
    awaitNothingLeft();
  }

  @Test
  void aPeerThatTakesNothingIsGivenUpAlsoWhenBothHaveEnded() throws Exception {
    limit(1 << 20);
    int port = add("timeout=1s sndbuf=4K");
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4_096);
      client.connect(new InetSocketAddress(LOOPBACK, port));
      try (Socket served = server.accept()) {
        writeAndEnd(served, new byte[100_000]);
        client.shutdownOutput();
        await(() -> column("held") > 0 && served.getInputStream().read() == -1);
      }
      awaitNothingLeft();
    }
  }

  @Test
  void anIdleConnectionHoldsNothingAndIsNotGivenUp() throws Exception {
    limit(1 << 20);
    int port = add("timeout=1s");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      for (int i = 0; i < 3; i++) {
        client.getOutputStream().write(i);
        assertThat(served.getInputStream().read()).isEqualTo(i);
        await(() -> usage() == 0);
        Thread.sleep(700);
      }
    }
    awaitNothingLeft();
  }

  @Test
  void aConnectionIsMadeAtItsAccept() throws Exception {
    int port = add("");
    try (Socket before = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      served.getOutputStream().write(1);
      assertThat(before.getInputStream().read()).isEqualTo(1);
      limit(65_536);
      try (Socket after = new Socket(LOOPBACK, port);
          Socket servedAfter = server.accept()) {
        servedAfter.getOutputStream().write(1);
        assertThat(after.getInputStream().read()).isEqualTo(1);
        SocketList sockets = new SocketList(web);
        relays.list(sockets, Caller.SELF);
        assertThat(sockets.toString().lines())
            .hasSize(4)
            .allMatch(line -> line.endsWith(" relayed") && line.contains(" skmem:(r"))
            .filteredOn(line -> line.contains(" accounted:1 "))
            .hasSize(2);
        assertThat(web.tcp().socketsAllocated()).isEqualTo(2);
      }
    }
    awaitNothingLeft();
  }

  @Test
  void rmdirClosesTheListenerAndConnectionsGoOn() throws Exception {
    limit(65_536);
    int port = add("");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isEqualTo(1);
      tree.rmdir(web);
      await(() -> !accepts(port));
      byte[] more = randomBytes(4, 300_000);
      Future<?> sent = threads.submit(() -> writeAndEnd(client, more));
      assertThat(served.getInputStream().readAllBytes()).isEqualTo(more);
      sent.get();
      assertThat(relays.read(web.cgroup(), Caller.SELF)).isEmpty();
    }
    server.close(); // resets what the probes left
    await(() -> tree.machine().socketsAllocated() == 0);
    assertThat(tree.machine().memoryAllocated()).isZero();
    assertThat(tree.tcpBranch().isOn()).isFalse();
  }

  private long socketLines() {
    SocketList sockets = new SocketList(web);
    relays.list(sockets, Caller.SELF);
    return sockets.toString().lines().count();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(LOOPBACK, port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @Test
  void removeClosesTheListenerAndConnectionsGoOn() throws Exception {
    int port = add("");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      relays.write(web.cgroup(), OWNER, "remove " + NAME);
      assertThat(relays.read(web.cgroup(), Caller.SELF)).isEmpty();
      client.getOutputStream().write(7);
      assertThat(served.getInputStream().read()).isEqualTo(7);
      assertThat(socketLines()).isEqualTo(2);
      await(() -> !accepts(port));
    }
    server.close(); // resets what the probes left
    awaitNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add",
        "add x",
        "add x listen=127.0.0.1:0",
        "add x connect=127.0.0.1:80",
        "add x listen=127.0.0.1 connect=127.0.0.1:80",
        "add x listen=127.0.0.1:65536 connect=127.0.0.1:80",
        "add x listen=127.0.0.1:0 connect=127.0.0.1:0",
        "add x listen=::1:0 connect=127.0.0.1:80",
        "add x listen=127.0.0.1:0 connect=127.0.0.1:80 sndbuf=1",
        "add x listen=127.0.0.1:0 connect=127.0.0.1:80 rcvbuf=1G",
        "add x listen=127.0.0.1:0 connect=127.0.0.1:80 timeout=0s",
        "add x listen=127.0.0.1:0 connect=127.0.0.1:80 colour=red",
        "add x/y listen=127.0.0.1:0 connect=127.0.0.1:80",
        "set x listen=127.0.0.1:0 connect=127.0.0.1:80",
        "remove x now=1",
        "\n"
      })
  void aLineThatIsWrongIsEinvalAndDoesNothing(String line) {
    assertRefused(Errno.EINVAL, line);
  }

  private void assertRefused(Errno errno, String text) {
    assertThatThrownBy(() -> relays.write(web.cgroup(), OWNER, text))
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).isEqualTo(errno);
              assertThat(refusal.why()).isNotBlank();
            });
    assertThat(relays.read(web.cgroup(), Caller.SELF)).isEmpty();
  }

  @Test
  void whatCannotBeHasItsErrnoAndLeavesNothingHalfMade() throws Exception {
    String good = "add a listen=127.0.0.1:%d connect=127.0.0.1:80%n".formatted(freePort());
    int port = Integer.parseInt(good.replaceAll(".*listen=127.0.0.1:([0-9]+) .*\\R", "$1"));
    String taken =
        "add b listen=127.0.0.1:%d connect=127.0.0.1:80".formatted(server.getLocalPort());
    assertRefused(Errno.EADDRINUSE, good + taken);
    assertRefused(Errno.EADDRNOTAVAIL, good + "add b listen=192.0.2.1:0 connect=127.0.0.1:80");
    assertRefused(Errno.EHOSTUNREACH, good + "add b listen=x.invalid:0 connect=127.0.0.1:80");
    assertRefused(Errno.EHOSTUNREACH, good + "add b listen=:0 connect=x.invalid:80");
    assertRefused(Errno.EEXIST, good + good);
    assertRefused(Errno.ENOENT, good + "remove c");
    await(() -> !accepts(port));
    relays.write(web.cgroup(), OWNER, good);
    assertThat(accepts(port)).isTrue();
    tree.rmdir(web);
    assertRefused(Errno.ENODEV, good);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void buffersThatAreGivenAreKept() throws Exception {
    int port = add("sndbuf=16K rcvbuf=32K");
    try (Socket client = new Socket(LOOPBACK, port);
        Socket served = server.accept()) {
      Future<?> sent = threads.submit(() -> writeAndEnd(client, new byte[32 << 20]));
      await(() -> column("held") > 0);
      Thread.sleep(100);
      assertThat(column("held")).isLessThanOrEqualTo(64 << 10); // full, and the read that filled it
      assertThat(served.getInputStream().readAllBytes()).hasSize(32 << 20);
      sent.get();
    }
    awaitNothingLeft();
  }

  @Test
  void manyAtOnceUnderOneLimitAllEndAndAllAreRight() throws Exception {
    limit(1 << 20);
    int port = add("");
    int connections = 200;
    Future<?> serving =
        threads.submit(
            () -> {
              for (int i = 0; i < connections; i++) {
                Socket served = server.accept();
                Future<?> unused = threads.submit(() -> echo(served));
              }
              return null;
            });
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Boolean>> right = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      byte[] mine = randomBytes(i, 100_000);
      right.add(
          threads.submit(
              () -> {
                start.await();
                try (Socket client = new Socket(LOOPBACK, port)) {
                  Future<?> sent = threads.submit(() -> writeAndEnd(client, mine));
                  boolean same = Arrays.equals(client.getInputStream().readAllBytes(), mine);
                  sent.get();
                  return same;
                }
              }));
    }
    start.countDown();
    for (Future<Boolean> each : right) {
      assertThat(each.get()).isTrue();
    }
    serving.get();
    awaitNothingLeft();
    assertThat(column("accepted")).isEqualTo(connections);
  }

  private static Void echo(Socket socket) throws IOException {
    try (socket) {
      InputStream in = socket.getInputStream();
      in.transferTo(socket.getOutputStream());
    }
    return null;
  }

  /** A user with room for two relays and three connections; another one who has as much. */
  @Test
  void relaysAndTheirConnectionsHaveQuotasOfTheirUser() throws Exception {
    relays.close();
    Rights rights = new Rights(Caller.SELF, true, List.of(), false, Tasks.BY_USER);
    Sharing sharing =
        Sharing.of(
            rights,
            new QuotaLimits(
                Map.of(Quota.RELAYS, 2L, Quota.RELAY_CONNECTIONS, 3L),
                Map.of(Quota.RELAY_CONNECTIONS, 5L)));
    relays = new Relays(tree.tree(), sharing, EventLoops::start, new Resolver(hosts::of));
    Caller user = new Caller(1000, 1000, 1);
    Inodes inodes = new Inodes();
    inodes.created(web.cgroup(), 0755, user.uid(), user.gid(), 0);
    Writer writer = new Writer(user, sharing, inodes);
    String line = "add %s listen=127.0.0.1:0 connect=127.0.0.1:" + server.getLocalPort();
    relays.write(web.cgroup(), writer, line.formatted("r"));
    assertThatThrownBy(
            () ->
                relays.write(
                    web.cgroup(), writer, line.formatted("s") + "\n" + line.formatted("t")))
        .hasMessageContaining("uid 1000 has 2 relays and would get 1 more, but a user may have 2");
    assertThat(sharing.quotas().used(user.uid(), Quota.RELAYS)).as("all or none").isEqualTo(1);

    List<Socket> clients = new ArrayList<>();
    int port = port("r");
    for (int i = 0; i < 3; i++) {
      clients.add(new Socket(LOOPBACK, port));
      clients.add(server.accept());
    }
    try (Socket fourth = new Socket(LOOPBACK, port)) {
      fourth.setSoTimeout(10_000);
      assertThatThrownBy(() -> ended(fourth)).hasMessageContaining("reset");
    }
    await(() -> column("turned_away") == 1);
    assertThat(column("connections")).isEqualTo(3);
    assertThat(column("accepted")).isEqualTo(3);

    // whom a relay connects is its maker's business
    Caller other = new Caller(2000, 2000, 2);
    for (Caller reader : List.of(user, Caller.SELF)) {
      assertThat(relays.read(web.cgroup(), reader))
          .contains(":" + port + " ", ":" + server.getLocalPort() + " ");
      assertThat(sockets(reader)).contains("r/0:front=", "r/0:back=", ":" + server.getLocalPort());
    }
    assertThat(relays.read(web.cgroup(), other))
        .doesNotContain("127.0.0.1")
        .containsPattern("r +- +- ");
    assertThat(sockets(other)).contains(" r/0:front r/0:back ").doesNotContain("127.0.0.1");

    // root has what the mount may have, and the user's quota does not change that
    relays.write(web.cgroup(), OWNER, line.formatted("root"));
    clients.add(new Socket(LOOPBACK, port("root")));
    clients.add(server.accept());

    clients.get(0).close();
    clients.get(1).close();
    await(() -> sharing.quotas().used(user.uid(), Quota.RELAY_CONNECTIONS) == 2);
    clients.add(new Socket(LOOPBACK, port));
    clients.add(server.accept());
    relays.write(web.cgroup(), writer, "remove r");
    assertThat(sharing.quotas().used(user.uid(), Quota.RELAYS)).isZero();
    assertThat(sharing.quotas().used(user.uid(), Quota.RELAY_CONNECTIONS))
        .as("connections go on when their relay is removed")
        .isEqualTo(3);
    for (Socket each : clients) {
      each.close();
    }
    await(() -> sharing.quotas().usedByAll(Quota.RELAY_CONNECTIONS) == 0);
    assertThat(sharing.quotas().usedByAll(Quota.DESCRIPTORS)).as("of root's listener").isOne();
  }

  private String sockets(Caller reader) {
    SocketList list = new SocketList(web);
    relays.list(list, reader);
    return list.toString();
  }

  /** The byte or end that comes next. */
  private static int ended(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }
}
