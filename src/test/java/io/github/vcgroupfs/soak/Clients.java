package io.github.vcgroupfs.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a soak. Each is in a session of its own, so that Ctrl-C is for the soak alone:
 * it ends them itself. Thread-safe.
 */
final class Clients {
  private static final int END_SECONDS = 60;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Starts one; what it says is thrown away. */
  Process start(String... command) throws IOException {
    ProcessBuilder builder = builder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return started(builder);
  }

  /** Starts one whose output is read. */
  Process startTalking(String... command) throws IOException {
    return started(builder(command));
  }

  private static ProcessBuilder builder(String... command) {
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(List.of(command));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private Process started(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.add(process);
    return process;
  }

  /**
   * Runs one to its end.
   *
   * @return its exit status
   * @throws IllegalStateException when it does not end in time; it is killed then
   */
  int run(String... command) throws IOException, InterruptedException {
    Process process = start(command);
    boolean ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    kill(process);
    if (!ended) {
      throw new IllegalStateException(
          String.join(" ", command) + " did not end in " + END_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** How many lines one says until its end. */
  int linesOf(String... command) throws IOException, InterruptedException {
    Process process = startTalking(command);
    try (BufferedReader lines = process.inputReader()) {
      return (int) lines.lines().count();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      kill(process);
    }
  }

  /** Kills one and what it started, with SIGKILL, and waits for it. */
  void kill(Process process) throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      running.remove(process);
    }
  }

  /** Kills all that are left. */
  void killAll() throws InterruptedException {
    for (Process each : running) {
      kill(each);
    }
  }

  /** Those that could not be ended. */
  List<Long> left() {
    return running.stream().filter(Process::isAlive).map(Process::pid).toList();
  }
}
