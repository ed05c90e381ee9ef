package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code vcgroupfs serve DIR} in a process of its own. */
public final class RunningServe implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("http://[0-9.]+:[0-9]+/\\S*");
  private static final int START_SECONDS = 60;
  private static final int END_SECONDS = 20;
  private static final int PAUSE_MS = 10;

  private final Process process;
  private final Path out;
  private final String link;

  private RunningServe(Process process, Path out, String link) {
    this.process = process;
    this.out = out;
    this.link = link;
  }

  /** Starts it on a port that is free, or on the one that the options say. */
  public static RunningServe start(Path directory, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("serve", directory.toString()));
    words.addAll(List.of(options));
    if (!words.contains("--listen")) {
      words.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    Path out = Files.createTempFile("vcgroupfs-serve", ".out");
    ProcessBuilder builder = new ProcessBuilder(Program.command(words.toArray(new String[0])));
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // it makes Java say so
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    Matcher link = LINK.matcher("");
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!link.reset(Files.readString(out)).find()) {
      if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
        process.destroyForcibly();
        throw new AssertionError("serve does not start:\n" + Files.readString(out));
      }
      Thread.sleep(PAUSE_MS);
    }
    return new RunningServe(process, out, link.group());
  }

  /** The link that it printed, with the token if it has one. */
  public String link() {
    return link;
  }

  /** Its address without a path: what links below it begin with. */
  public String origin() {
    URI address = URI.create(link);
    return "%s://%s".formatted(address.getScheme(), address.getAuthority());
  }

  /** HOST:PORT. */
  public String listens() {
    return URI.create(link).getAuthority();
  }

  /** Ends it at once, as a crash does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(END_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("serve does not end: " + Files.readString(out));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
