package io.github.vcgroupfs.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Runs {@link SocketBenchmark} and prints ratios: of each process one, the mean over the processes,
 * and its error at 95 % (Student's t). Processes, not iterations, are the sample: what the compiler
 * made of the code differs from process to process.
 */
public final class SocketRatios {
  private static final double CONFIDENCE = 0.95;

  private SocketRatios() {}

  /**
   * Runs it.
   *
   * @param args JMH's own: {@code -f} processes (2 or more), {@code -t} threads, {@code -p
   *     accounting=off}
   */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(args))
                    .include(SocketBenchmark.class.getName())
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    for (RunResult result : results) {
      System.out.printf(
          "== %s, %d thread(s), %d processes%n",
          result.getParams().getParam("accounting"),
          result.getParams().getThreads(),
          result.getBenchmarkResults().size());
      print(result);
    }
  }

  private static void print(RunResult result) {
    String accounting = result.getParams().getParam("accounting");
    List<Integer> depths = SocketBenchmark.DEPTHS;
    for (int i = 1; i <= depths.size(); i++) {
      line("time, " + accounting + " / no accounting, depth " + depths.get(i - 1), result, i, 0);
    }
    line("throughput, " + accounting + ", depth 1,000 / depth 1", result, 1, depths.size());
    System.out.printf(
        Locale.ROOT,
        "  %-46s %s%n",
        "nanoseconds a buffer: no accounting, depths",
        nanoseconds(result, depths.size()));
    System.out.printf(
        Locale.ROOT,
        "  %-46s %.3f%n",
        "bytes allocated a buffer",
        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
  }

  private static void line(String what, RunResult result, int over, int under) {
    ListStatistics ratios = new ListStatistics();
    for (BenchmarkResult process : result.getBenchmarkResults()) {
      ratios.addValue(time(process, over) / time(process, under));
    }
    System.out.printf(
        Locale.ROOT,
        "  %-46s %6.3f +- %.3f   (%.3f to %.3f)%n",
        what,
        ratios.getMean(),
        ratios.getMeanErrorAt(CONFIDENCE),
        ratios.getMin(),
        ratios.getMax());
  }

  private static String nanoseconds(RunResult result, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      ListStatistics all = new ListStatistics();
      for (BenchmarkResult process : result.getBenchmarkResults()) {
        all.addValue(time(process, i));
      }
      text.append(String.format(Locale.ROOT, " %.1f", all.getMean()));
    }
    return text.toString().strip();
  }

  /** Nanoseconds of one operation of a contestant in one process. */
  private static double time(BenchmarkResult process, int contestant) {
    double ns = 0;
    double ops = 0;
    for (IterationResult iteration : process.getIterationResults()) {
      ns += iteration.getSecondaryResults().get("ns" + contestant).getScore();
      ops += iteration.getSecondaryResults().get("ops" + contestant).getScore();
    }
    return ns / ops;
  }
}
