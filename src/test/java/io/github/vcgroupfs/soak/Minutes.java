package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.testing.Program;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A line now and then about how the daemon does, and a bystander. */
final class Minutes {
  /** Longer than a delay that was asked for, on a machine that is busy. */
  private static final double MAX_SILENCE_SECONDS = 20;

  private final SoakDaemon daemon;
  private final Clients clients;
  private final Tally tally;
  private final Latencies latencies;
  private final long beginNs = System.nanoTime();
  private boolean headed;

  /** Starts the bystander. */
  Minutes(SoakDaemon daemon, Clients clients, Tally tally) throws Exception {
    this.daemon = daemon;
    this.clients = clients;
    this.tally = tally;
    String file = daemon.memory().resolve("memory.limit_in_bytes").toString();
    String[] command =
        Program.java(
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Bystander.class.getName(),
                file)
            .toArray(new String[0]);
    latencies = new Latencies(clients.startTalking(command));
  }

  /** Prints lines until the time is over, the daemon has ended or somebody interrupts. */
  void printFor(long seconds, int everySeconds, CountDownLatch interrupted) throws Exception {
    latencies.forget();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean goesOn = true;
    while (goesOn) {
      long leftNs = endNs - System.nanoTime();
      long waitNs = Math.min(leftNs, TimeUnit.SECONDS.toNanos(everySeconds));
      goesOn = leftNs > 0 && daemon.isAlive() && !interrupted.await(waitNs, TimeUnit.NANOSECONDS);
      if (goesOn) {
        print();
      }
    }
  }

  private void print() throws Exception {
    if (!headed) {
      headed = true;
      System.out.println(" time  heap RSS files threads groups median/99%  errors  operations");
    }
    String slow = latencies.summary();
    int groups = clients.linesOf("find", daemon.mount().toString(), "-type", "d") - 3; // roots
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNs);
    System.out.printf(
        "%02d:%02d %5d %3d %5d %7d %6d %11s %7d  %s%n",
        seconds / 60,
        seconds % 60,
        daemon.heap().afterFullGc().bytes() >> 10,
        daemon.rssKib() >> 10,
        daemon.heap().openFiles(),
        daemon.threads(),
        groups,
        slow,
        tally.errors(),
        tally.byKind());
    latencies.forget(); // what came while all threads stood still for the heap
  }

  /** What is wrong with the bystander, or nothing. */
  String bystander() {
    if (!latencies.isAlive()) {
      return "it has ended";
    }
    double silence = latencies.longestSilenceSeconds();
    return silence <= MAX_SILENCE_SECONDS
        ? ""
        : "it waited for %.1f s once; %.0f s would do".formatted(silence, MAX_SILENCE_SECONDS);
  }
}
