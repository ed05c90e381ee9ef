package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.kernel.Printable;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.os.Reasons;
import io.github.vcgroupfs.plot.PlotException;
import io.github.vcgroupfs.serve.ServeException;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.watch.WatchException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into one line on standard error and an exit status. */
final class Failures {
  private static final String SEE_HELP = "see vcgroupfs --help";

  private Failures() {}

  /** Tells what a command has thrown that picocli has not read. */
  static int told(Exception failure, CommandLine line, String[] args) {
    return failure instanceof ParameterException bad
        ? misused(bad, args)
        : failed(failure, line, null);
  }

  /**
   * Options that do not go together. The type is a common one, so that commands can throw it
   * without that picocli is loaded.
   */
  static RuntimeException misuse(CommandLine line, String message) {
    return new ParameterException(line, message);
  }

  /** Has picocli read the options of a command; the complaint, if something is wrong with them. */
  static Optional<String> parse(CommandLine line, List<String> options) {
    Choices.teach(line);
    try {
      line.parseArgs(options.toArray(new String[0]));
      return Optional.empty();
    } catch (ParameterException bad) {
      return Optional.of(complaint(bad));
    }
  }

  /** A command has thrown something. */
  static int failed(Exception failure, CommandLine line, @Nullable ParseResult parsed) {
    if (failure instanceof MountException known) {
      print(line, known.getMessage());
      return switch (known.kind()) {
        case PREREQUISITE -> ExitStatus.PREREQUISITE;
        case FAILED -> ExitStatus.FAILED;
      };
    }
    if (failure instanceof PlotException) {
      print(line, failure.getMessage());
      return ExitStatus.PREREQUISITE;
    }
    if (failure instanceof ScenarioException
        || failure instanceof FixtureException
        || failure instanceof ServeException
        || failure instanceof WatchException) {
      print(line, failure.getMessage());
      return ExitStatus.FAILED;
    }
    if (failure instanceof FileSystemException file) {
      print(line, Reasons.withFile(file));
      return ExitStatus.FAILED;
    }
    LoggerFactory.getLogger(Failures.class).error("{} failed", line.getCommandName(), failure);
    print(line, "this should not have happened: " + failure);
    failure.printStackTrace(line.getErr());
    return ExitStatus.FAILED;
  }

  /** The command line is no good. */
  static int misused(ParameterException failure, String[] args) {
    boolean noCommand =
        failure instanceof UnmatchedArgumentException
            && failure.getCommandLine().getParent() == null
            && !args[0].startsWith("-");
    print(
        failure.getCommandLine(),
        noCommand
            ? "unknown command %s; %s"
                .formatted(args[0], Typos.meant(failure.getCommandLine(), args[0]).orElse(SEE_HELP))
            : complaint(failure));
    return ExitStatus.MISUSED;
  }

  /** What picocli says, and what was meant, if that can be told. */
  private static String complaint(ParameterException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof UnmatchedArgumentException unmatched
        ? Typos.meant(failure.getCommandLine(), unmatched.getUnmatched().get(0))
            .map(meant -> message + "; " + meant)
            .orElse(message)
        : message;
  }

  private static void print(CommandLine line, @Nullable String message) {
    say(line, message == null ? "unknown" : message);
  }

  /** Prints a message, of which a part may be a name that somebody else chose, to a terminal. */
  static void say(CommandLine line, String message) {
    line.getErr().println("vcgroupfs: " + Printable.escapedCharacters(message, true));
    line.getErr().flush();
  }
}
