package io.github.vcgroupfs.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** What a {@link Bystander} says. Thread-safe. */
final class Latencies {
  private final Process bystander;
  private long[] ns = new long[1_024];
  private int count;
  private long lastNs = System.nanoTime();
  private long longestSilenceNs;

  /** Begins to listen. */
  Latencies(Process bystander) {
    this.bystander = bystander;
    Thread thread = new Thread(this::listen, "latencies");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    try (BufferedReader lines = bystander.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(Long.parseLong(line));
      }
    } catch (IOException closed) {
      // the bystander has ended: isAlive says so
    }
  }

  private synchronized void add(long each) {
    if (count == ns.length) {
      ns = Arrays.copyOf(ns, 2 * count);
    }
    ns[count] = each;
    count++;
    longestSilenceNs = Math.max(longestSilenceNs, silenceNs());
    lastNs = System.nanoTime();
  }

  private synchronized long silenceNs() {
    return System.nanoTime() - lastNs;
  }

  /** How long it was silent at most, now or before, seconds. */
  synchronized double longestSilenceSeconds() {
    return Math.max(longestSilenceNs, silenceNs()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  boolean isAlive() {
    return bystander.isAlive();
  }

  /** Forgets what came until now. */
  synchronized void forget() {
    count = 0;
  }

  /** {@code median/99th percentile} of what came since, milliseconds. */
  synchronized String summary() {
    long[] sorted = Arrays.copyOf(ns, count);
    Arrays.sort(sorted);
    return count == 0
        ? "-/-"
        : "%.2f/%.2f"
            .formatted(ms(sorted[count / 2]), ms(sorted[Math.min(count - 1, count * 99 / 100)]));
  }

  private static double ms(long ns) {
    return ns / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
