package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.plot.Plot;
import io.github.vcgroupfs.plot.PlotException;
import io.github.vcgroupfs.plot.PlotFormat;
import io.github.vcgroupfs.progress.Progress;
import io.github.vcgroupfs.simulate.CsvTrace;
import io.github.vcgroupfs.simulate.SampleSink;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs simulate}: traffic scenarios in virtual time. */
@Command(
    name = "simulate",
    description = "Runs traffic scenarios in virtual time: JSON lines in, JSON lines out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Mixin private ScenarioOptions scenarios = new ScenarioOptions(); // picocli sets it

  @Option(
      names = "--trace",
      paramLabel = "FILE.csv",
      description = "Write a time series: usage, limit, window, pressure and more.")
  private @Nullable Path trace;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg|FILE.png",
      description = "Draw memory, windows, throughput and drops over time, pressure shaded.")
  private @Nullable Path plot;

  @Override
  public Integer call() throws IOException, ScenarioException, ErrnoException, PlotException {
    PrintWriter out = spec.commandLine().getOut();
    List<SampleSink> sinks = new ArrayList<>();
    PlotFormat format =
        plot == null
            ? PlotFormat.SVG
            : scenarios.format("--plot", "a plot", plot); // before any file is made
    try (BufferedReader lines = scenarios.open();
        SampleSink csv = trace == null ? null : CsvTrace.open(trace);
        SampleSink figure = plot == null ? null : Plot.open(plot, format)) {
      if (csv != null) {
        sinks.add(csv);
      }
      if (figure != null) {
        sinks.add(figure);
      }
      Simulator simulator = new Simulator(scenarios.profile(), scenarios.seed(), sinks);
      long chars = scenarios.bytes();
      try (Progress progress = Progress.show("simulate", () -> simulator.pace().words(chars))) {
        simulator.run(lines, progress.beside(out));
      }
    }
    return ExitStatus.DONE;
  }
}
