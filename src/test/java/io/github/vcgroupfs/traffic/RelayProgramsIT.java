package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.os.DescriptorLimit;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients and servers that people use, through relays of one mount: each test in a group of its
 * own, under a limit, which holds nothing in the end. The table in relay.md has a row for each.
 */
@MountTest
@Tag("programs")
class RelayProgramsIT {
  private static final int DATA_BYTES = 4 << 20;
  private static final int IDLE = 2_000;
  private static final String CURL_SECONDS = "100";
  private static final String NGINX = "/usr/sbin/nginx";

  /** Debian's: it has Debian's modules. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final AtomicInteger GROUPS = new AtomicInteger();

  @TempDir private static Path folder;

  private static byte[] data;
  private static int plain;
  private static int plain6;
  private static int http2;
  private static int https;
  private static RealServer nginx;
  private static MountedFs mount;

  private String group;

  @BeforeAll
  static void start() throws Exception {
    Needs.that(Files.isExecutable(Path.of(NGINX)), "nginx not installed");
    Needs.programs("curl", "openssl", "socat");
    data = new byte[DATA_BYTES];
    new Random(6).nextBytes(data);
    Files.createDirectories(folder.resolve("www/up"));
    Files.write(folder.resolve("www/data"), data);
    Files.writeString(folder.resolve("www/small"), "small\n");
    plain6 = RealServer.freePort();
    http2 = RealServer.freePort();
    https = RealServer.freePort();
    nginx = startNginx();
    plain = nginx.port();
    mount = MountedFs.start("--profile", "linux-6.18");
  }

  private static RealServer startNginx() throws Exception {
    String key =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x";
    assertThat(sh(key + " -keyout key.pem -out cert.pem").status()).isZero();
    Files.writeString(
        folder.resolve("conf"),
        """
        daemon off; master_process off; pid pid; error_log error.log;
        events { worker_connections 8192; }
        http {
          access_log off; client_max_body_size 1g;
          client_header_timeout 300s; client_body_timeout 300s; send_timeout 300s;
          client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
          uwsgi_temp_path t4; scgi_temp_path t5;
          server {
            listen 127.0.0.1:%s backlog=4096; %s
            listen 127.0.0.1:%d http2; listen 127.0.0.1:%d ssl http2;
            ssl_certificate cert.pem; ssl_certificate_key key.pem;
            root www;
            location /up { dav_methods PUT; }
          }
        }
        """
            .formatted(
                "HERE", hasIpv6() ? "listen [::1]:%d;".formatted(plain6) : "", http2, https));
    String script = "sed -i s/HERE/$1/ conf && exec " + NGINX + " -p $PWD -c conf -e error.log";
    return RealServer.start(folder, "sh", "-c", script, "sh", "PORT");
  }

  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0));
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  @AfterAll
  static void end() throws Exception {
    if (mount != null) {
      mount.close();
    }
    if (nginx != null) {
      nginx.close();
    }
  }

  @BeforeEach
  void makeGroup() throws Exception {
    group = "g" + GROUPS.getAndIncrement();
    mount.mkdir(group);
    mount.write(group + "/memory.kmem.tcp.limit_in_bytes", "64K");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    await(() -> usage() == 0 && mount.read(group + "/sim.tcp.sockets").isEmpty());
    mount.rmdir(group);
  }

  private long usage() throws IOException {
    return Long.parseLong(mount.read(group + "/memory.kmem.tcp.usage_in_bytes").strip());
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(5);
    }
  }

  private static Program.Ended sh(String script) throws Exception {
    return Program.runToEnd(List.of("sh", "-c", "cd \"$1\"; " + script, "sh", folder.toString()));
  }

  private void write(String line) throws IOException {
    mount.write(group + "/sim.tcp.relay", line);
  }

  private int relay(String name, String listen, String connect) throws IOException {
    write("add %s listen=%s connect=%s timeout=100s".formatted(name, listen, connect));
    return Integer.parseInt(cell(name, "listen").replaceFirst(".*:", ""));
  }

  private int relay(int to) throws IOException {
    return relay("r", "127.0.0.1:0", "127.0.0.1:" + to);
  }

  private String cell(String name, String column) throws IOException {
    List<String> lines = mount.read(group + "/sim.tcp.relay").lines().toList();
    int index = Arrays.asList(lines.get(0).strip().split(" +", -1)).indexOf(column);
    return lines.stream()
        .map(line -> line.strip().split(" +", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> words[index])
        .findFirst()
        .orElseThrow();
  }

  private static Program.Ended curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-k", "--max-time"));
    command.add(CURL_SECONDS);
    command.addAll(List.of(arguments));
    return Program.runToEnd(command);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String sha256(Path file) throws Exception {
    return sha256(Files.readAllBytes(file));
  }

  private void fetchesAll(String url) throws Exception {
    Path got = folder.resolve("got-" + group);
    Program.Ended ended = curl("-g", "-o", got.toString(), url + "/data");
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(sha256(got)).isEqualTo(sha256(data));
  }

  @Test
  void http2WithoutTls() throws Exception {
    // one file: curl 7.88 fails at the second on a connection, also without a relay
    Path got = folder.resolve("h2c");
    String url = "http://127.0.0.1:%d/data".formatted(relay(http2));
    Program.Ended ended =
        curl("--http2-prior-knowledge", "-w", "%{http_version}", "-o", got.toString(), url);
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(ended.out()).isEqualTo("2");
    assertThat(sha256(got)).isEqualTo(sha256(data));
  }

  @Test
  void http2HasManyStreamsOnOneConnection() throws Exception {
    int port = relay(https);
    List<String> arguments = new ArrayList<>(List.of("--http2", "-Z", "--no-progress-meter"));
    arguments.addAll(List.of("-w", "%{http_version} %{http_code}\n"));
    for (int i = 0; i < 8; i++) {
      arguments.addAll(List.of("-o", folder.resolve("h2-" + i).toString()));
      arguments.add("https://127.0.0.1:%d/data".formatted(port));
    }
    Program.Ended ended = curl(arguments.toArray(new String[0]));
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(ended.out().lines()).hasSize(8).containsOnly("2 200");
    for (int i = 0; i < 8; i++) {
      assertThat(sha256(folder.resolve("h2-" + i))).isEqualTo(sha256(data));
    }
    assertThat(Integer.parseInt(cell("r", "accepted"))).as("connections").isLessThan(8);
    assertThat(Long.parseLong(cell("r", "refusals"))).isPositive();
  }

  @Test
  void anUploadOverTlsArrives() throws Exception {
    int port = relay(https);
    Program.Ended ended =
        curl("-T", folder.resolve("www/data").toString(), "https://127.0.0.1:" + port + "/up/x");
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(sha256(folder.resolve("www/up/x"))).isEqualTo(sha256(data));
    assertThat(Long.parseLong(cell("r", "in"))).isGreaterThan(DATA_BYTES);
  }

  @Test
  void tlsOfOpenssl() throws Exception {
    try (RealServer server =
        RealServer.start(
            folder.resolve("www"),
            "openssl",
            "s_server",
            "-accept",
            "127.0.0.1:PORT",
            "-cert",
            folder.resolve("cert.pem").toString(),
            "-key",
            folder.resolve("key.pem").toString(),
            "-quiet",
            "-WWW")) {
      int port = relay(server.port());
      Program.Ended ended =
          sh(
              "printf 'GET /data HTTP/1.0\\r\\n\\r\\n' |"
                  + " openssl s_client -quiet -connect 127.0.0.1:%d >tls".formatted(port));
      byte[] got = Files.readAllBytes(folder.resolve("tls"));
      assertThat(got.length).as("%s", ended).isGreaterThan(DATA_BYTES);
      byte[] body = Arrays.copyOfRange(got, got.length - DATA_BYTES, got.length);
      assertThat(sha256(body)).isEqualTo(sha256(data));
    }
  }

  @Test
  void webSocketsEchoAndClose() throws Exception {
    Needs.that(
        Files.isExecutable(Path.of(PYTHON))
            && Program.runToEnd(List.of(PYTHON, "-c", "import websockets")).status() == 0,
        "python3-websockets not installed");
    try (RealServer server = RealServer.start(folder, PYTHON, "-c", WEBSOCKET_SERVER, "PORT")) {
      int port = relay(server.port());
      Program.Ended ended =
          Program.runToEnd(List.of(PYTHON, "-c", WEBSOCKET_CLIENT, Integer.toString(port)));
      assertThat(ended.status()).as("%s", ended).isZero();
      String[] words = ended.out().strip().split(" ", -1);
      assertThat(words).hasSize(3);
      assertThat(words[1]).as("hash of what came back").isEqualTo(words[0]);
      assertThat(words[2]).as("close code").isEqualTo("1000");
    }
  }

  private static final String WEBSOCKET_SERVER =
      """
      import asyncio, sys, websockets
      async def echo(ws, path=None):
          async for message in ws: await ws.send(message)
      async def main():
          async with websockets.serve(
                  echo, '127.0.0.1', int(sys.argv[1]), max_size=None, ping_interval=None):
              await asyncio.Future()
      asyncio.run(main())
      """;

  private static final String WEBSOCKET_CLIENT =
      """
      import asyncio, hashlib, random, sys, websockets
      async def main():
          sent, got, chance = hashlib.sha256(), hashlib.sha256(), random.Random(1)
          url = 'ws://127.0.0.1:%s/' % sys.argv[1]
          async with websockets.connect(
                  url, max_size=None, ping_interval=None, compression=None) as ws:
              async def send():
                  for _ in range(100):
                      message = chance.randbytes(chance.randrange(100000))
                      sent.update(message)
                      await ws.send(message)
              sending = asyncio.create_task(send())
              for _ in range(100): got.update(await ws.recv())
              await sending
              await (await ws.ping())
          print(sent.hexdigest(), got.hexdigest(), ws.close_code)
      asyncio.run(main())
      """;

  /** The client ends first; the server answers what it has read to the end. */
  @Test
  void aClientMayEndItsHalfFirst() throws Exception {
    try (RealServer server = socat("EXEC:sha256sum")) {
      int port = relay(server.port());
      Program.Ended ended = sh("socat -t 100 - TCP:127.0.0.1:%d <www/data".formatted(port));
      assertThat(ended.out()).startsWith(sha256(data));
    }
  }

  /** The server ends first; the client sends after it has read to the end. */
  @Test
  void aServerMayEndItsHalfFirst() throws Exception {
    try (RealServer server = RealServer.start(folder, "python3", "-c", ENDS_FIRST, "PORT")) {
      int port = relay(server.port());
      Program.Ended ended = sh("python3 -c \"%s\" %d".formatted(READS_FIRST, port));
      assertThat(ended.out()).startsWith(sha256(data));
      Path read = folder.resolve("server-read");
      await(() -> Files.exists(read) && Files.size(read) > 0);
      byte[] twice = new byte[2 * DATA_BYTES];
      System.arraycopy(data, 0, twice, 0, DATA_BYTES);
      System.arraycopy(data, 0, twice, DATA_BYTES, DATA_BYTES);
      assertThat(read).content().isEqualTo(sha256(twice));
    }
  }

  private static final String ENDS_FIRST =
      """
      import hashlib, socket, sys
      server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
      while True:
          client, _ = server.accept()
          if client.recv(1):
              client.sendall(open('www/data', 'rb').read())
              client.shutdown(socket.SHUT_WR)
              read = hashlib.sha256()
              while part := client.recv(65536): read.update(part)
              open('server-read', 'w').write(read.hexdigest())
          client.close()
      """;

  private static final String READS_FIRST =
      """
      import hashlib, socket, sys
      server = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
      server.sendall(b'g')
      read = hashlib.sha256()
      while part := server.recv(65536): read.update(part)
      server.sendall(2 * open('www/data', 'rb').read())
      server.close()
      print(read.hexdigest())
      """;

  private static RealServer socat(String what) throws Exception {
    String listen = "TCP-LISTEN:PORT,bind=127.0.0.1,fork,reuseaddr";
    return RealServer.start(folder, "socat", "-t", "100", listen, what);
  }

  @Test
  void postgresLoadsInBulk() throws Exception {
    Path bin = postgresPrograms();
    Path home = Files.createTempDirectory("vcgroupfs-postgres");
    try (RealServer server = RealServer.postgres(bin, home)) {
      int port = relay(server.port());
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 60_000; i++) {
        rows.append(i)
            .append('\t')
            .append(sha256(new byte[] {(byte) i, (byte) (i >> 8)}))
            .append('\n');
      }
      Path in = Files.writeString(folder.resolve("rows"), rows);
      Path out = folder.resolve("rows-out");
      Program.Ended ended =
          Program.runToEnd(
              List.of(
                  bin.resolve("psql").toString(),
                  "postgresql://test@127.0.0.1:%d/postgres".formatted(port),
                  "-Xqv",
                  "ON_ERROR_STOP=1",
                  "-c",
                  "create unlogged table rows(n int, x text)",
                  "-c",
                  "\\copy rows from '%s'".formatted(in),
                  "-c",
                  "\\copy (select * from rows order by n) to '%s'".formatted(out)));
      assertThat(ended.status()).as("%s", ended).isZero();
      assertThat(sha256(out)).isEqualTo(sha256(in));
      assertThat(Long.parseLong(cell("r", "in"))).isGreaterThan(Files.size(in));
      assertThat(Long.parseLong(cell("r", "out"))).isGreaterThan(Files.size(in));
    } finally {
      RealServer.delete(home);
    }
  }

  /** Where the programs of Debian's newest PostgreSQL are. */
  private static Path postgresPrograms() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    Needs.that(Files.isDirectory(all), "postgresql not installed");
    try (Stream<Path> versions = Files.list(all)) {
      return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
    }
  }

  @Test
  void redisLoadsInBulk() throws Exception {
    Needs.programs("redis-server", "redis-cli");
    try (RealServer server =
        RealServer.start(
            folder, "redis-server", "--port", "PORT", "--bind", "127.0.0.1", "--save", "")) {
      int port = relay(server.port());
      StringBuilder commands = new StringBuilder();
      StringBuilder values = new StringBuilder();
      for (int i = 0; i < 30_000; i++) {
        String value = "%060d".formatted(i);
        commands.append("RPUSH list ").append(value).append("\r\n");
        values.append(value).append('\n');
      }
      Files.writeString(folder.resolve("commands"), commands);
      Program.Ended loaded = sh("redis-cli -p %d --pipe <commands".formatted(port));
      assertThat(loaded.out()).as("%s", loaded).contains("errors: 0, replies: 30000");
      Program.Ended read = sh("redis-cli --raw -p %d lrange list 0 -1 | sha256sum".formatted(port));
      assertThat(read.out())
          .startsWith(sha256(values.toString().getBytes(StandardCharsets.US_ASCII)));
    }
  }

  @Test
  void twoThousandIdleConnectionsHoldNothingAndAreServed() throws Exception {
    Needs.that(DescriptorLimit.self().most() > 5 * IDLE, "ulimit -n is less than " + 5 * IDLE);
    int port = relay(plain);
    Process client =
        new ProcessBuilder("python3", "-c", IDLE_CLIENT, port + "", IDLE + "")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = client.inputReader();
        OutputStream told = client.getOutputStream()) {
      assertThat(said.readLine()).isEqualTo("open");
      await(() -> cell("r", "connections").equals(Integer.toString(IDLE)));
      assertThat(usage()).isZero();
      assertThat(mount.read(group + "/sim.tcp.sockets").lines())
          .hasSize(2 * IDLE)
          .allMatch(line -> line.contains(" accounted:1 "));
      told.write('\n');
      told.flush();
      assertThat(said.readLine()).as("answers").isEqualTo(Integer.toString(IDLE));
      assertThat(client.waitFor()).isZero();
    } finally {
      client.destroyForcibly();
    }
    assertThat(cell("r", "accepted")).isEqualTo(Integer.toString(IDLE));
  }

  private static final String IDLE_CLIENT =
      """
      import resource, socket, sys
      most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
      resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
      there = ('127.0.0.1', int(sys.argv[1]))
      clients = [socket.create_connection(there) for _ in range(int(sys.argv[2]))]
      print('open', flush=True)
      sys.stdin.readline()
      for client in clients:
          client.sendall(b'GET /small HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n')
      good = 0
      for client in clients:
          answer = b''
          while part := client.recv(65536): answer += part
          good += answer.startswith(b'HTTP/1.1 200') and answer.endswith(b'\\r\\n\\r\\nsmall\\n')
          client.close()
      print(good, flush=True)
      """;

  @Test
  void aServerThatResetsIsAResetForCurl() throws Exception {
    try (RealServer server = RealServer.start(folder, "python3", "-c", RESETTING, "PORT")) {
      int port = relay(server.port());
      for (int i = 0; i < 5; i++) {
        Program.Ended ended = curl("-o", "/dev/null", "http://127.0.0.1:" + port);
        assertThat(ended.status()).as("%s", ended).isEqualTo(56); // an end would be 18
        assertThat(ended.err()).contains("reset by peer");
      }
    }
  }

  /** Answers with a part of what it promises, and resets. */
  private static final String RESETTING =
      """
      import socket, struct, sys
      server = socket.create_server(('127.0.0.1', int(sys.argv[1])))
      while True:
          client, _ = server.accept()
          if client.recv(65536):
              client.sendall(b'HTTP/1.0 200 OK\\r\\nContent-Length: 9999999\\r\\n\\r\\n' + bytes(50000))
              client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
          client.close()
      """;

  @Test
  void aTargetThatIsNotThereIsAResetUntilItIs() throws Exception {
    int to = RealServer.freePort();
    int port = relay(to);
    String url = "http://127.0.0.1:" + port;
    Program.Ended ended = curl(url + "/small");
    assertThat(ended.status()).as("%s", ended).isIn(7, 56); // it sees the reset soon, or later
    assertThat(ended.out()).isEmpty();
    write("add s listen=127.0.0.1:%d connect=127.0.0.1:%d".formatted(to, plain)); // is there now
    fetchesAll(url);
  }

  @Test
  void ipv6OnEitherSide() throws Exception {
    Needs.that(hasIpv6(), "no IPv6 on loopback");
    String to = "[::1]:" + plain6;
    fetchesAll("http://[::1]:%d".formatted(relay("six", "[::1]:0", to)));
    assertThat(cell("six", "listen")).startsWith("[::1]:");
    assertThat(cell("six", "connect")).isEqualTo(to);
    fetchesAll("http://127.0.0.1:%d".formatted(relay("four", "127.0.0.1:0", to)));
    fetchesAll("http://[::1]:%d".formatted(relay("both", "[::1]:0", "127.0.0.1:" + plain)));
  }

  @Test
  void aPortInUseIsSaidAndStaysWhoseItIs() throws Exception {
    String line = "add %s listen=127.0.0.1:%d connect=127.0.0.1:%d";
    assertThatThrownBy(() -> write(line.formatted("r", plain, https)))
        .hasMessageContaining("Address already in use");
    assertThat(mount.read(group + "/sim.why"))
        .contains("listen=127.0.0.1:%d is taken by another listener".formatted(plain));
    fetchesAll("http://127.0.0.1:" + plain);
    int port = relay(plain);
    fetchesAll("http://127.0.0.1:" + port);
    assertThatThrownBy(() -> write(line.formatted("s", port, plain)))
        .hasMessageContaining("Address already in use");
    write("remove r"); // its connections may still wait for their last segments
    await(() -> add(line.formatted("s", port, plain)));
    fetchesAll("http://127.0.0.1:" + port);
  }

  /** Whether a relay could be made; the listener that had the port closes in a moment. */
  private boolean add(String line) {
    try {
      write(line);
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  @Test
  void relaysComeAndGoWhileOneIsInUse() throws Exception {
    Path got = folder.resolve("slow");
    Process slow = slowCurl(relay(plain), got);
    for (int i = 0; i < 20; i++) {
      int port = relay("other", "127.0.0.1:0", "127.0.0.1:" + plain);
      assertThat(curl("http://127.0.0.1:" + port + "/small").out()).isEqualTo("small\n");
      write("remove other");
      if (i == 10) {
        write("remove r");
      }
    }
    assertThat(slow.waitFor()).isZero();
    assertThat(sha256(got)).isEqualTo(sha256(data));
  }

  @Test
  void removeWithConnectionsEndsCurl() throws Exception {
    Process slow = slowCurl(relay(plain), Path.of("/dev/null"));
    write("remove r --connections");
    assertThat(usage()).isZero();
    assertThat(mount.read(group + "/sim.tcp.sockets")).isEmpty();
    assertThat(slow.waitFor()).as("reset").isEqualTo(56);
  }

  @Test
  void aDaemonThatIsKilledEndsItsConnectionsAndLeavesNoPort() throws Exception {
    try (MountedFs other = MountedFs.start("--profile", "linux-6.18")) {
      other.mkdir("web");
      int port = RealServer.freePort();
      String line = "add r listen=127.0.0.1:%d connect=127.0.0.1:%d".formatted(port, plain);
      other.write("web/sim.tcp.relay", line);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        await(() -> other.read("web/sim.tcp.sockets").lines().count() == 2);
        other.kill();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      write(line); // of the mount that all tests share
      fetchesAll("http://127.0.0.1:" + port);
    }
  }

  /** A curl that has begun, and takes two seconds. */
  private Process slowCurl(int port, Path to) throws Exception {
    Process curl =
        new ProcessBuilder(
                List.of(
                    "curl",
                    "-sS",
                    "--max-time",
                    CURL_SECONDS,
                    "--limit-rate",
                    "2M",
                    "-o",
                    to.toString(),
                    "http://127.0.0.1:%d/data".formatted(port)))
            .inheritIO()
            .start();
    await(() -> Long.parseLong(cell("r", "out")) > 0);
    return curl;
  }
}
