package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real connections through a relay: whole ones, ones that are cut, and clients that are killed. */
final class RelayChurn implements Churn {
  private static final int BYTES = 20_000;
  private static final int READ_TIMEOUT_MS = 60_000;
  private static final int CURL_MS = 300;
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

  private final Calls calls;
  private final Clients clients;
  private final RelayServer server;
  private final Path group;
  private final Path file;
  private int port;

  RelayChurn(Path memory, Clients clients, RelayServer server, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.clients = clients;
    this.server = server;
    this.group = memory.resolve("relay");
    this.file = group.resolve("sim.tcp.relay");
  }

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public int pauseMs() {
    return 50;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    if (port == 0) {
      add();
    }
    switch (random.nextInt(50)) {
      case 0 -> rest();
      case 1 ->
          calls.write(
              group.resolve("memory.kmem.tcp.limit_in_bytes"),
              (64 + random.nextInt(1_000)) + "K",
              Errno.EBUSY);
      case 2 -> killOne(random);
      case 3, 4, 5, 6 -> cutOne(random);
      default -> oneWhole(random);
    }
  }

  private void add() throws IOException {
    calls.mkdir(group, Errno.EEXIST);
    calls.write(
        file, "add r listen=127.0.0.1:0 connect=127.0.0.1:%d timeout=20s".formatted(server.port()));
    Matcher matcher = PORT.matcher(calls.read(file));
    if (!matcher.find()) {
      throw new IOException(file + " does not say where it listens");
    }
    port = Integer.parseInt(matcher.group(1));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MS);
    return socket;
  }

  /** The first byte is not that of GET. */
  private static byte[] data(SplittableRandom random) {
    byte[] data = new byte[1 + random.nextInt(BYTES)];
    random.nextBytes(data);
    data[0] = 'E';
    return data;
  }

  private void oneWhole(SplittableRandom random) throws IOException {
    byte[] sent = data(random);
    try (Socket client = connect()) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      byte[] came = client.getInputStream().readAllBytes();
      if (Arrays.equals(came, sent)) {
        calls.done();
      } else {
        calls.wrong("sent %d bytes, %d others came back".formatted(sent.length, came.length));
      }
    }
  }

  private void cutOne(SplittableRandom random) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(data(random));
      client.setSoLinger(true, 0); // closing is a reset now
    }
    calls.done();
  }

  private void killOne(SplittableRandom random) throws IOException, InterruptedException {
    Process curl =
        clients.start(
            "curl", "-sS", "--limit-rate", "1M", "-o", "/dev/null", "http://127.0.0.1:" + port);
    Thread.sleep(random.nextInt(CURL_MS));
    clients.kill(curl);
    calls.done();
  }

  @Override
  public void rest() {
    if (port != 0) {
      calls.write(file, "remove r");
      port = 0;
    }
  }
}
