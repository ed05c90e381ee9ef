package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.plot.PlotException;
import io.github.vcgroupfs.plot.PlotFormat;
import io.github.vcgroupfs.progress.Progress;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.sweep.Question;
import io.github.vcgroupfs.sweep.Report;
import io.github.vcgroupfs.sweep.Sweep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs sweep}: many scenarios at once, and what they say together. */
@Command(
    name = "sweep",
    description =
        "Runs scenarios whose fields have several values, all combinations of them, on all"
            + " processors.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Mixin private ScenarioOptions scenarios = new ScenarioOptions(); // picocli sets it

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many run at once (default: as many as there are processors).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--goal",
      paramLabel = "GOAL",
      description =
          "Print the least limit that meets it, for each combination: 'throughput>=95%%',"
              + " 'dropped<=0.1%%'. Several: all are to be met.")
  private List<String> goals = List.of();

  @Option(
      names = "--limit",
      paramLabel = "NAME",
      description = "What the limit is called in the scenarios (default: limit).")
  private @Nullable String limit;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write all numbers as CSV.")
  private @Nullable Path csv;

  @Option(
      names = "--heat-map",
      paramLabel = "FILE.svg|FILE.png",
      description = "Draw a field over two axes, and where the goals are met.")
  private @Nullable Path heatMap;

  @Option(
      names = "--field",
      paramLabel = "FIELD",
      description =
          "What the heat map shows (default: what the first goal is about, or throughput).")
  private @Nullable String field;

  @Option(
      names = "--axes",
      paramLabel = "X,Y",
      split = ",",
      description = "The axes of the heat map (default: the limit, and what varies first).")
  private List<String> axes = List.of();

  @Option(
      names = "--lines",
      paramLabel = "FILE",
      description =
          "Write the answers as JSON lines (default: to standard output, if nothing else is asked"
              + " for).")
  private @Nullable Path lines;

  @Option(
      names = "--expand",
      description = "Print the scenarios, a line each, for simulate; run none.")
  private boolean expand;

  @Option(
      names = "--answered",
      description = "The lines are answered already, by simulate or sweep; run none.")
  private boolean answered;

  @Override
  public Integer call() throws IOException, ScenarioException, ErrnoException, PlotException {
    Question question = question();
    PlotFormat format =
        heatMap == null
            ? PlotFormat.SVG
            : scenarios.format("--heat-map", "a heat map", heatMap); // before anything runs
    Report report = new Report(question);
    Sweep sweep = new Sweep(scenarios.profile(), scenarios.seed(), jobs, question);
    long all = expand || answered ? 0 : count(sweep);
    try (BufferedReader in = scenarios.open();
        PrintWriter to = lines == null ? null : new PrintWriter(Files.newBufferedWriter(lines));
        Progress progress = Progress.show("sweep", () -> words(sweep.done(), all))) {
      PrintWriter out = to;
      if (out == null && (expand || !wantsReport())) {
        out = progress.beside(spec.commandLine().getOut());
      }
      work(sweep, in, sink(wantsReport() ? report : null, out));
    }
    if (!expand) {
      results(report, format);
    }
    return ExitStatus.DONE;
  }

  private Question question() {
    if (jobs < 1) {
      throw misuse("--jobs %d: at least 1".formatted(jobs));
    }
    if (expand && (answered || csv != null || heatMap != null)) {
      throw misuse(
          "--expand runs nothing, so there is nothing for --answered, --csv or --heat-map");
    }
    if (!axes.isEmpty() && axes.size() != 2) {
      throw misuse("--axes %s: two names, with a comma".formatted(String.join(",", axes)));
    }
    try {
      return Question.of(goals, limit, field, axes);
    } catch (ScenarioException wrong) {
      throw misuse(String.valueOf(wrong.getMessage()));
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** How many scenarios there will be; 0 if only the end of the input will tell. */
  private long count(Sweep sweep) throws IOException, ScenarioException {
    if (!scenarios.isFile()) {
      return 0;
    }
    try (BufferedReader in = scenarios.open()) {
      return sweep.count(in);
    }
  }

  static String words(long done, long all) {
    return all == 0
        ? "%d scenarios".formatted(done)
        : "%d of %d scenarios (%d %%)".formatted(done, all, 100 * done / all);
  }

  /** Else the answers are passed on and forgotten. */
  private boolean wantsReport() {
    return !goals.isEmpty() || csv != null || heatMap != null;
  }

  private static Sweep.Sink sink(@Nullable Report report, @Nullable PrintWriter out) {
    return (Map<String, @Nullable Object> fields, String text) -> {
      if (out != null) {
        out.println(text);
        if (out.checkError()) {
          throw new FileSystemException("standard output", null, "cannot be written");
        }
      }
      if (report != null) {
        report.accept(fields, text);
      }
    };
  }

  private void work(Sweep sweep, BufferedReader in, Sweep.Sink sink)
      throws IOException, ScenarioException, ErrnoException {
    if (expand) {
      sweep.expand(in, sink);
    } else if (answered) {
      sweep.reread(in, sink);
    } else {
      sweep.run(in, sink);
    }
  }

  private void results(Report report, PlotFormat format)
      throws IOException, ScenarioException, PlotException {
    if (csv != null) {
      report.writeCsv(csv);
    }
    if (heatMap != null) {
      report.writeHeatMap(heatMap, format, scenarios.profile().id());
    }
    if (!goals.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(report.limits());
      if (out.checkError()) {
        throw new FileSystemException("standard output", null, "cannot be written");
      }
    }
  }
}
