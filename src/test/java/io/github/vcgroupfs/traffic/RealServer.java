package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of Debian's in a process of its own, on a port that was free. */
final class RealServer implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int END_SECONDS = 10;

  private final Process process;
  private final Path log;
  private final int port;

  private RealServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** A port that nobody listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /**
   * Starts a server, and waits until it accepts.
   *
   * @param folder where it works, and where what it says is kept
   * @param command has {@code PORT} where the port belongs
   */
  static RealServer start(Path folder, String... command) throws Exception {
    int port = freePort();
    List<String> words = new ArrayList<>();
    for (String word : command) {
      words.add(word.replace("PORT", Integer.toString(port)));
    }
    Path log = Files.createTempFile(folder, "server", ".log");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    RealServer server = new RealServer(process, log, port);
    server.awaitAccepts();
    return server;
  }

  private void awaitAccepts() throws Exception {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() - endNs > 0) {
        close();
        throw new AssertionError("does not listen on port " + port + ": " + Files.readString(log));
      }
      Thread.sleep(10);
    }
  }

  private boolean accepts() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a server ends", e);
    }
  }

  /**
   * PostgreSQL with a cluster of its own, in a folder that belongs to the user it runs as: it
   * refuses to run as root.
   *
   * @param bin where Debian keeps its programs
   * @param folder empty, below a folder that every user may enter
   */
  static RealServer postgres(Path bin, Path folder) throws Exception {
    List<String> user = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      run(List.of("chown", "postgres", folder.toString()));
      user.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    String data = folder.resolve("data").toString();
    List<String> initdb = new ArrayList<>(user);
    initdb.addAll(List.of(bin.resolve("initdb").toString(), "-D", data, "-A", "trust"));
    initdb.addAll(List.of("-U", "test", "-N", "--no-locale", "-E", "UTF8", "--wal-segsize=1"));
    run(initdb);
    List<String> server = new ArrayList<>(user);
    server.addAll(List.of(bin.resolve("postgres").toString(), "-D", data, "-p", "PORT", "-k", ""));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1", "fsync=off", "autovacuum=off", "max_connections=10")) {
      server.addAll(List.of("-c", setting));
    }
    return start(folder, server.toArray(new String[0]));
  }

  private static void run(List<String> command) throws Exception {
    Program.Ended ended = Program.runToEnd(command);
    if (ended.status() != 0) {
      throw new AssertionError(command + ": " + ended);
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
