package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs simulate}: traffic scenarios in virtual time. */
@Command(
    name = "simulate",
    description = "Runs traffic scenarios in virtual time: JSON lines in, JSON lines out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Option(
      names = "--profile",
      paramLabel = "ID",
      defaultValue = "lwn-2011",
      converter = Choices.ProfileIds.class,
      description = "The kernel to simulate (default: ${DEFAULT-VALUE}).")
  private KernelProfile profile = new Choices.ProfileIds().convert("lwn-2011");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Scenarios, a JSON object a line (default: standard input).")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException, ScenarioException, ErrnoException {
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader lines = new BufferedReader(open())) {
      new Simulator(profile, seed).run(lines, out);
    }
    return ExitStatus.DONE;
  }

  private Reader open() throws IOException {
    Path path = file;
    return path == null
        ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
        : Files.newBufferedReader(path);
  }
}
