package io.github.vcgroupfs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that do nothing, to be put into groups. */
public final class TestProcesses {
  private static final int LIMIT_SECONDS = 30;

  private final Map<Integer, Process> processes = new HashMap<>();

  /** Starts one, which sleeps. */
  public int start() {
    try {
      Process process = new ProcessBuilder("sleep", "600").start();
      int pid = (int) process.pid();
      processes.put(pid, process);
      return pid;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends one and waits until it is gone. */
  public void end(int pid) {
    Process process = processes.remove(pid);
    process.destroyForcibly();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(pid + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Ends all that still run. */
  public void endAll() {
    List.copyOf(processes.keySet()).forEach(this::end);
  }
}
