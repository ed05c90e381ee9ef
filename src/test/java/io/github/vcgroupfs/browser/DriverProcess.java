package io.github.vcgroupfs.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A chromedriver of its own, on a port that it chose, with a folder for all that it and its
 * browsers write. With {@link #close} it ends, its browsers too, and the folder goes.
 */
final class DriverProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("started successfully on port ([0-9]+)");
  private static final int START_SECONDS = 60;
  private static final int END_SECONDS = 20;
  private static final int PAUSE_MS = 10;

  private final Path folder;
  private final Process process;
  private final URI address;

  private DriverProcess(Path folder, Process process, URI address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  static DriverProcess start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("vcgroupfs-browser");
    Path out = folder.resolve("chromedriver.out");
    ProcessBuilder builder = new ProcessBuilder("chromedriver", "--port=0");
    builder.environment().put("TMPDIR", folder.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    Matcher ready = READY.matcher("");
    while (!ready.reset(Files.readString(out)).find()) {
      if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
        process.destroyForcibly();
        throw new AssertionError("chromedriver does not start:\n" + Files.readString(out));
      }
      Thread.sleep(PAUSE_MS);
    }
    return new DriverProcess(
        folder, process, URI.create("http://127.0.0.1:%s".formatted(ready.group(1))));
  }

  /** Where it takes commands. */
  URI address() {
    return address;
  }

  /** What a browser keeps. */
  Path profile() {
    return folder.resolve("profile");
  }

  /** What it said. */
  String output() {
    try {
      return Files.readString(folder.resolve("chromedriver.out"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = Stream.concat(process.descendants(), process.children()).toList();
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      for (ProcessHandle each : all) { // a browser that its driver did not end
        if (each.isAlive()) {
          each.destroyForcibly();
        }
      }
      deleteFolder();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the browser ends", e);
    }
  }

  /** A browser that was killed may write for a moment. */
  private void deleteFolder() throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (true) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
        return;
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() - deadlineNs > 0) {
          throw new IOException(folder + " cannot be removed", e);
        }
        Thread.sleep(PAUSE_MS);
      }
    }
  }
}
