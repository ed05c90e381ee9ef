package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.simulate.JsonLines;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs all scenarios that lines stand for, several at once. The answers are the same, in the same
 * order, however many processors there are: each scenario has a simulator of its own, and a seed
 * that follows from its number.
 *
 * <p>For one thread; {@link #done} may be asked by any.
 */
public final class Sweep {
  /** So many scenarios for each processor may be begun while one before them still runs. */
  private static final int AHEAD = 64;

  private final KernelProfile profile;
  private final long seed;
  private final int jobs;
  private final Scenarios.Change change;
  private final AtomicLong done = new AtomicLong();

  /**
   * A sweep.
   *
   * @param profile the kernel that is simulated
   * @param seed what the seeds of scenarios are made of, if a line has none
   * @param jobs how many scenarios run at once
   * @param question what is asked of the answers: some need scenarios without a limit
   */
  public Sweep(KernelProfile profile, long seed, int jobs, Question question) {
    this.profile = profile;
    this.seed = seed;
    this.jobs = jobs;
    this.change = question::complete;
  }

  /** Gets answers, in the order of the scenarios. */
  public interface Sink {
    /**
     * Gets the next one.
     *
     * @param fields those of the line
     * @param text the line, without its end
     */
    void accept(Map<String, @Nullable Object> fields, String text)
        throws IOException, ScenarioException;
  }

  private record Answer(Map<String, @Nullable Object> fields, String text) {}

  /** How many scenarios are answered by now. */
  public long done() {
    return done.get();
  }

  /** How many scenarios such lines stand for. All lines are looked at. */
  public long count(BufferedReader lines) throws IOException, ScenarioException {
    return new Scenarios(lines, seed, change).count();
  }

  /** Says the scenarios, as lines that {@code simulate} takes, and runs none. */
  public void expand(BufferedReader lines, Sink sink) throws IOException, ScenarioException {
    Scenarios scenarios = new Scenarios(lines, seed, change);
    for (Scenarios.One one = scenarios.next(); one != null; one = scenarios.next()) {
      sink.accept(one.fields(), JsonLines.text(one.fields()));
    }
  }

  /** Takes lines that are answered already, by {@code simulate} or by a sweep. */
  public void reread(BufferedReader lines, Sink sink) throws IOException, ScenarioException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(JsonLines.parse(line, number));
        if (!new Row(fields).isAnswered()) {
          throw new ScenarioException(
                  "has no answer; let simulate or sweep answer it first, or leave out --answered")
              .ofLine(number);
        }
        sink.accept(fields, line);
        done.incrementAndGet();
      }
    }
  }

  /**
   * Runs them all.
   *
   * @throws IOException if the lines cannot be read or the answers cannot be taken
   * @throws ScenarioException if a scenario cannot be run; those before it are answered
   */
  public void run(BufferedReader lines, Sink sink)
      throws IOException, ScenarioException, ErrnoException {
    Scenarios scenarios = new Scenarios(lines, seed, change);
    ExecutorService threads = Executors.newFixedThreadPool(jobs, Sweep::thread);
    try {
      Deque<Future<Answer>> begun = new ArrayDeque<>();
      ScenarioException wrong = null; // does not take away the answers of the lines before it
      boolean more = true;
      while (more || !begun.isEmpty()) {
        if (more) {
          Scenarios.One next = null;
          try {
            next = scenarios.next();
          } catch (ScenarioException line) {
            wrong = line;
          }
          more = next != null;
          if (next != null) {
            Scenarios.One one = next;
            begun.add(threads.submit(() -> answer(one)));
          }
        }
        if (begun.size() >= (more ? jobs * AHEAD : 1)) {
          take(begun.remove(), sink);
        }
      }
      if (wrong != null) {
        throw wrong;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sweep");
    thread.setDaemon(true); // so that a failure ends the program
    return thread;
  }

  private Answer answer(Scenarios.One one) throws IOException, ScenarioException, ErrnoException {
    try {
      Map<String, @Nullable Object> fields =
          new LinkedHashMap<>(new Simulator(profile, seed, List.of()).answer(one.fields()));
      return new Answer(fields, JsonLines.text(fields));
    } catch (ScenarioException wrong) {
      Object point = one.fields().get(Grid.POINT);
      ScenarioException told =
          point == null
              ? wrong
              : new ScenarioException("at %s: %s".formatted(point, wrong.getMessage()));
      throw told.ofLine(one.line());
    }
  }

  private void take(Future<Answer> future, Sink sink)
      throws IOException, ScenarioException, ErrnoException {
    Answer answer;
    try {
      answer = future.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof ScenarioException wrong) {
        throw wrong;
      }
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof ErrnoException refused) {
        throw refused;
      }
      throw new IllegalStateException("a scenario failed", cause);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", nobodyDoes);
    }
    sink.accept(answer.fields(), answer.text());
    done.incrementAndGet();
  }
}
