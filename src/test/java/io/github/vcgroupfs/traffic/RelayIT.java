package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.vcgroupfs.testing.DaemonHeap;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs through a relay of a mount: curl, iperf3, a client that keeps its connection. */
@MountTest
@Tag("programs")
class RelayIT {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int BLOCK = 1 << 20;
  private static final int SEGMENT = 4_096;

  /**
   * A curl that waits for a disk or a processor is not given up by the relay before it gives up
   * itself.
   */
  private static final int CURL_SECONDS = 100;

  private static final String LIMIT = "web/memory.kmem.tcp.limit_in_bytes";
  private static final String LINK = "io.github.vcgroupfs.traffic.RelayLink";
  private static final int CONNECTIONS_BEFORE = 1_000;
  private static final int CONNECTIONS = 9_000;

  /** Less than the smallest object and a reference to it. */
  private static final int MAX_BYTES_A_CONNECTION = 20;

  private static final String USAGE = "web/memory.kmem.tcp.usage_in_bytes";

  private final byte[] block = new byte[BLOCK];
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private MountedFs mount;
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(block);
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 1_000);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    mount = MountedFs.start("--profile", "linux-6.18");
    mount.mkdir("web");
    port = relay("r", server.getAddress().getPort(), CURL_SECONDS);
  }

  @AfterEach
  void end() throws Exception {
    mount.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** {@code /N}: N blocks. */
  private void answer(HttpExchange exchange) throws IOException {
    int blocks = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    String connection = exchange.getRequestHeaders().getFirst("Connection");
    if ("close".equals(connection)) {
      // else curl takes this connection again, up to six times, although it is about to be closed
      exchange.getResponseHeaders().set("Connection", connection);
    }
    exchange.sendResponseHeaders(200, blocks == 0 ? -1 : (long) blocks * BLOCK);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < blocks; i++) {
        out.write(block);
      }
    }
  }

  private String sha256(int blocks) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < blocks; i++) {
      digest.update(block);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[BLOCK];
      for (int n = in.read(part); n > 0; n = in.read(part)) {
        digest.update(part, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private int relay(String name, int to, int timeoutSeconds) throws IOException {
    mount.write(
        "web/sim.tcp.relay",
        "add %s listen=127.0.0.1:0 connect=127.0.0.1:%d timeout=%ds"
            .formatted(name, to, timeoutSeconds));
    return Integer.parseInt(cell(name, "listen").replaceFirst(".*:", ""));
  }

  private String cell(String name, String column) throws IOException {
    List<String> lines = mount.read("web/sim.tcp.relay").lines().toList();
    int index = Arrays.asList(lines.get(0).strip().split(" +", -1)).indexOf(column);
    return lines.stream()
        .map(line -> line.strip().split(" +", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> words[index])
        .findFirst()
        .orElseThrow();
  }

  private long count(String column) throws IOException {
    return Long.parseLong(cell("r", column));
  }

  private long usage() throws IOException {
    return Long.parseLong(mount.read(USAGE).strip());
  }

  private boolean stays(String name, String column) throws Exception {
    String before = cell(name, column);
    Thread.sleep(300);
    return cell(name, column).equals(before);
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(5);
    }
  }

  private static Process curl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", CURL_SECONDS + ""));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private String url(int blocks) {
    return "http://127.0.0.1:%d/%d".formatted(port, blocks);
  }

  @Test
  void aLimitSlowsCurlAndNothingIsLost(@TempDir Path folder) throws Exception {
    mount.write(LIMIT, "64K");
    Path file = folder.resolve("200M");
    Process curl = curl("-o", file.toString(), url(200));
    long most = 0;
    while (curl.isAlive()) {
      most = Math.max(most, count("held"));
    }
    assertThat(curl.waitFor()).isZero();
    assertThat(sha256(file)).isEqualTo(sha256(200));
    assertThat(most).isBetween(1L, 65_536L + 2 * SEGMENT);
    assertThat(count("refusals")).isPositive();
    await(() -> usage() == 0);
    assertThat(Long.parseLong(mount.read("web/memory.kmem.tcp.max_usage_in_bytes").strip()))
        .isBetween(1L, 65_536L + 2 * SEGMENT);
  }

  @Test
  void aLimitThatIsRaisedLetsItGo(@TempDir Path folder) throws Exception {
    mount.write(LIMIT, "0");
    Path file = folder.resolve("20M");
    Process curl = curl("-o", file.toString(), url(20));
    await(() -> count("refusals") > 3);
    assertThat(curl.isAlive()).isTrue(); // a segment now and then: this would take an hour
    mount.write(LIMIT, "-1");
    await(() -> stays("r", "paused_ms")); // in a fifth of a second, unless the machine is busy
    long pausedMs = count("paused_ms");
    assertThat(curl.waitFor()).isZero();
    assertThat(count("paused_ms")).isEqualTo(pausedMs);
    assertThat(sha256(file)).isEqualTo(sha256(20));
    await(() -> usage() == 0);
  }

  @Test
  void fiveHundredAtOnceUnderOneMegabyte(@TempDir Path folder) throws Exception {
    mount.write(LIMIT, "1M");
    List<String> config = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      config.add("url=" + url(1));
      config.add("output=" + folder.resolve("f" + i));
    }
    Path urls = Files.write(folder.resolve("urls"), config);
    Process curl =
        curl(
            "-Z",
            "--no-progress-meter",
            "--parallel-immediate",
            "--parallel-max",
            "500",
            "-H",
            "Connection: close",
            "-K",
            urls.toString());
    int status = curl.waitFor();
    assertThat(status).as("%s", mount.log()).isZero();
    String right = sha256(1);
    for (int i = 0; i < 500; i++) {
      assertThat(sha256(folder.resolve("f" + i))).as("file %d", i).isEqualTo(right);
    }
    assertThat(count("accepted")).as("connections: each has one request").isEqualTo(500);
    await(() -> usage() == 0 && count("connections") == 0);
  }

  @Test
  void iperfPassesBothWays() throws Exception {
    int to;
    try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
      to = free.getLocalPort();
    }
    Process iperf =
        new ProcessBuilder("iperf3", "-s", "-B", "127.0.0.1", "-p", to + "")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      mount.write(LIMIT, "256K");
      int through = relay("iperf", to, CURL_SECONDS);
      for (String way : List.of("-4", "--reverse")) {
        String once = "iperf3 -c 127.0.0.1 -p %d -n 50M -P 2 %s".formatted(through, way);
        String script =
            "for i in 1 2 3 4 5 6 7 8 9; do " + once + " && exit; sleep 0.3; done; exit 1";
        Program.Ended ended = Program.runToEnd(List.of("sh", "-c", script));
        assertThat(ended.status()).as("%s", ended).isZero();
      }
      assertThat(Long.parseLong(cell("iperf", "in"))).isGreaterThan(40 << 20);
      assertThat(Long.parseLong(cell("iperf", "out"))).isGreaterThan(40 << 20);
      await(() -> usage() == 0);
    } finally {
      iperf.destroy();
      iperf.waitFor();
    }
  }

  @Test
  void aConnectionThatIsKeptServesAgain() throws Exception {
    mount.write(LIMIT, "64K");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url(1))).build();
    for (int i = 0; i < 20; i++) {
      byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      assertThat(body).isEqualTo(block);
    }
    assertThat(count("accepted")).isEqualTo(1);
    await(() -> usage() == 0);
  }

  @Test
  void tenThousandConnectionsLeaveNothing() throws Exception {
    mount.write(LIMIT, "1M");
    try (ServerSocket echo = new ServerSocket(0, 1_000, LOOPBACK)) {
      Future<?> serving =
          threads.submit(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  try (Socket served = echo.accept()) {
                    served.getOutputStream().write(served.getInputStream().read());
                  }
                }
                return null;
              });
      int through = relay("echo", echo.getLocalPort(), 2);
      DaemonHeap heap = new DaemonHeap(mount.daemon().pid());
      connect(through, CONNECTIONS_BEFORE); // pools and tables get their size
      await(() -> cell("echo", "connections").equals("0"));
      DaemonHeap.Figures before = whenLinksAreGone(heap);
      long filesBefore = heap.openFiles();
      connect(through, CONNECTIONS);
      await(() -> cell("echo", "connections").equals("0") && usage() == 0);
      DaemonHeap.Figures after = whenLinksAreGone(heap);
      assertThat(serving.isDone()).isFalse();
      assertThat(cell("echo", "accepted")).isEqualTo("10000");
      System.out.printf(
          "%d connections: live heap %d before, %d after, %+d bytes%n",
          CONNECTIONS, before.bytes(), after.bytes(), after.bytes() - before.bytes());
      assertThat(after.bytes() - before.bytes())
          .as("growth: %s", after.growthSince(before))
          .isLessThan((long) CONNECTIONS * MAX_BYTES_A_CONNECTION);
      assertThat(heap.openFiles()).isLessThanOrEqualTo(filesBefore + 5);
      assertThat(mount.read("web/sim.tcp.sockets")).isEmpty();
    }
  }

  /** The timer of a connection that has ended holds it until it fires, a quarter of timeout=. */
  private static DaemonHeap.Figures whenLinksAreGone(DaemonHeap heap) throws Exception {
    DaemonHeap.Figures figures = heap.afterFullGc();
    for (int i = 0; i < 60 && figures.instances(LINK) > 0; i++) {
      Thread.sleep(500);
      figures = heap.afterFullGc();
    }
    assertThat(figures.instances(LINK)).as("%s", figures.ours()).isZero();
    return figures;
  }

  private static void connect(int port, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (Socket client = new Socket(LOOPBACK, port)) {
        client.getOutputStream().write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i & 0xff);
      }
    }
  }

  @Test
  void killedClientsAndServersLeaveNothing() throws Exception {
    mount.write(LIMIT, "64K");
    for (int i = 0; i < 5; i++) {
      Process client = curl("-o", "/dev/null", "--limit-rate", "1M", url(200));
      await(() -> usage() > 0);
      client.destroyForcibly(); // SIGKILL
      client.waitFor();
      await(() -> usage() == 0 && count("connections") == 0);
    }
    Process serving =
        new ProcessBuilder("python3", "-c", ENDLESS_SERVER).redirectErrorStream(true).start();
    int to = Integer.parseInt(serving.inputReader().readLine());
    int through = relay("endless", to, 2);
    try (Socket client = new Socket(LOOPBACK, through)) {
      await(() -> Long.parseLong(cell("endless", "refusals")) > 0);
      await(() -> usage() > 0 && stays("endless", "out")); // the kernel's buffers are full, too
      serving.destroyForcibly();
      serving.waitFor();
      // the client takes nothing: given up after the time-out
      await(() -> usage() == 0 && cell("endless", "connections").equals("0"));
      assertThat(client.isClosed()).isFalse();
    }
  }

  /** Says its port, and sends without an end to whoever connects. */
  private static final String ENDLESS_SERVER =
      """
      import socket
      s = socket.create_server(('127.0.0.1', 0))
      print(s.getsockname()[1], flush=True)
      c, _ = s.accept()
      while True: c.sendall(bytes(65536))
      """;
}
