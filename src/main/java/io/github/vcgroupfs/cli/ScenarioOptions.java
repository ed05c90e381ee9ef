package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.plot.PlotFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command has that runs scenarios: where they come from, the kernel, the seed. */
final class ScenarioOptions {
  @Option(
      names = "--profile",
      paramLabel = "ID",
      completionCandidates = Candidates.ProfileIds.class,
      defaultValue = "lwn-2011",
      description = "The kernel to simulate (default: ${DEFAULT-VALUE}).")
  private KernelProfile profile = Choices.profile("lwn-2011");

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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create(); // picocli sets it

  KernelProfile profile() {
    return profile;
  }

  long seed() {
    return seed;
  }

  /** Opens the scenarios. */
  BufferedReader open() throws IOException {
    Path path = file;
    if (path != null && Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    InputStream in = path == null ? System.in : Files.newInputStream(path);
    // what is not UTF-8 is replaced, so that the line that holds it is named
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Whether they can be read twice. */
  boolean isFile() {
    return file != null && Files.isRegularFile(file);
  }

  /** How many bytes there are to read; 0 if only the end of them will tell. */
  long bytes() throws IOException {
    Path path = file;
    return path != null && Files.isRegularFile(path) ? Files.size(path) : 0;
  }

  /**
   * What kind of picture a file is to be.
   *
   * @param option that names the file
   * @param what it is, for people: "a plot"
   */
  PlotFormat format(String option, String what, Path picture) {
    return PlotFormat.of(picture)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s=%s: %s is a file that ends in %s"
                        .formatted(option, picture, what, PlotFormat.endings())));
  }
}
