package io.github.vcgroupfs.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A mounted hierarchy, served by a daemon of its own in the foreground. {@link #close} ends it in
 * bounded time, and fails with the daemon's threads if it must be killed.
 */
public final class MountedFs implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int CLOSE_SECONDS = 30;
  private static final int PAUSE_MS = 5;

  private final Path folder;
  private final Path root;
  private final Process daemon;

  private MountedFs(Path folder, Path root, Process daemon) {
    this.folder = folder;
    this.root = root;
    this.daemon = daemon;
  }

  /** Mounts on a new place. */
  public static MountedFs start(String... options) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    return start(folder, folder.resolve("mnt"), options);
  }

  /** Mounts on a place that a test chose; the log and what the daemon says lie elsewhere. */
  public static MountedFs at(Path place, String... options)
      throws IOException, InterruptedException {
    return start(Files.createTempDirectory("vcgroupfs-it").toRealPath(), place, options);
  }

  private static MountedFs start(Path folder, Path place, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount", "--foreground"));
    command.addAll(List.of("--log", folder.resolve("log").toString()));
    command.addAll(List.of(options));
    command.add(place.toString());
    return start(folder, place, Program.command(command.toArray(new String[0])));
  }

  /** Starts any daemon that prints a line once it has mounted on that place. */
  public static MountedFs start(Path folder, Path place, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = Program.builder(command, folder.resolve("out"), folder.resolve("err"));
    MountedFs mounted = new MountedFs(folder, place, builder.start());
    mounted.awaitLine();
    return mounted;
  }

  private void awaitLine() throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!output().contains("\n")) {
      if (!daemon.isAlive()) {
        throw new AssertionError(
            "the daemon ended with status %d:%n%s".formatted(daemon.exitValue(), errors()));
      }
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("the daemon does not mount:\n" + killed());
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  /** The root directory of the mount. */
  public Path root() {
    return root;
  }

  /** A file or directory in it. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** The text of a file. */
  public String read(String name) throws IOException {
    return new String(Files.readAllBytes(path(name)), StandardCharsets.ISO_8859_1);
  }

  /** Writes as {@code echo -n} does. */
  public void write(String name, String text) throws IOException {
    Files.write(path(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Makes a group. */
  public void mkdir(String name) throws IOException {
    Files.createDirectory(path(name));
  }

  /** Removes a group; its files go with it. */
  public void rmdir(String name) throws IOException {
    Files.delete(path(name));
  }

  /** The daemon. */
  public Process daemon() {
    return daemon;
  }

  /** What the daemon printed. */
  public String output() throws IOException {
    return Program.read(folder.resolve("out"));
  }

  /** What the daemon complained about. */
  public String errors() throws IOException {
    return Program.read(folder.resolve("err"));
  }

  /** The log. */
  public String log() throws IOException {
    return Program.read(folder.resolve("log"));
  }

  /** Kills the daemon, which leaves a dead mount. */
  public void kill() throws InterruptedException {
    daemon.destroyForcibly();
    daemon.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for the daemon to end by itself. */
  public int awaitEnd() throws IOException, InterruptedException {
    if (!daemon.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the daemon does not end:\n" + killed());
    }
    return daemon.exitValue();
  }

  /** Ends the daemon with SIGTERM, if it still runs, and clears up. */
  @Override
  public void close() throws IOException {
    try {
      daemon.destroy();
      awaitEnd();
      Program.runToEnd(List.of("umount", "-q", "-l", root.toString())); // if a test left it dead
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the daemon ends", e);
    } finally {
      deleteFolder();
    }
  }

  /** Kills the daemon; returns what it said, with the stacks of its threads. */
  private String killed() throws IOException, InterruptedException {
    // SIGQUIT: a JVM prints its threads, even when its loop hangs
    Program.runToEnd(List.of("sh", "-c", "kill -QUIT " + daemon.pid())); // a shell has its own kill
    Thread.sleep(1000);
    kill();
    return output() + errors();
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
