package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.top.Surroundings;
import io.github.vcgroupfs.top.Top;
import io.github.vcgroupfs.top.TopOptions;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.WatchException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs top}: a hierarchy to look at in a terminal. */
@Command(
    name = "top",
    description =
        "Shows the groups of a memory hierarchy, a kernel's or ours, in a table that lives: "
            + "usage and limits, sockets, pressure, what was refused.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Keys: arrows select and fold, t tree or list, v memory or TCP, < and > sort by",
      "another column, r the other way around, / filter, p pause, ? help, q quit.",
      "",
      "Without a terminal, or if TERM is dumb, one plain picture is printed. NO_COLOR",
      "(any value) turns colours off. Nothing is written into the hierarchy.",
    })
final class TopCommand implements Callable<Integer> {
  private static final double MS_PER_SECOND = 1000;
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 3600;

  private final IntConsumer exit;

  @Option(names = "--once", description = "Print one plain picture of all groups, and end.")
  private boolean once;

  @Option(
      names = "--json",
      description = {
        "Print one JSON object, and end. With --interval: one a line, for ever.",
        "What is not known is left out; no limit is \"unlimited\".",
      })
  private boolean json;

  @Option(
      names = "--interval",
      paramLabel = "S",
      description = {
        "Seconds from one look to the next (default: 1). Less often, if a look takes long.",
        "With --once: wait so long for a second look, so that rates are known.",
      })
  private @Nullable Double interval;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = {
        "What comes first, the largest: ${COMPLETION-CANDIDATES}.",
        "A key that only the other table has asks for that table.",
        "Default: usage; with --tcp: tcp.",
      },
      completionCandidates = Candidates.SortKeys.class)
  private @Nullable String sort;

  @ArgGroup private Shape shape = new Shape();

  /** How groups stand in the table: one of these. */
  private static final class Shape {
    @Option(names = "--tree", description = "Show groups below their parents (default).")
    private boolean tree;

    @Option(names = "--list", description = "Show one list of all groups, with whole paths.")
    private boolean list;
  }

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only groups that have TEXT in their path; upper or lower case.")
  private String filter = "";

  @Option(
      names = "--tcp",
      description = "Begin with the table of TCP: sockets, window, pressure, drops, rates.")
  private boolean tcp;

  @Parameters(
      paramLabel = "DIR",
      description =
          "A mount of ours, a kernel's hierarchy such as /sys/fs/cgroup/memory, or a group in "
              + "one of them: then it and all groups below it are shown.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  /**
   * The command.
   *
   * @param exit ends the program at once: Java would wait for the thread that waits for keys
   */
  TopCommand(IntConsumer exit) {
    this.exit = exit;
  }

  @Override
  public Integer call() throws IOException, WatchException, InterruptedException {
    TopOptions options =
        new TopOptions(
            shape.tree || !shape.list, tcp, Optional.ofNullable(sortWord()), filter, lookEvery());
    Surroundings surroundings =
        new Surroundings(System.getenv(), NativeText.charset(), ZoneId.systemDefault());
    Hierarchy hierarchy = Hierarchy.at(Folders.users().resolve(directory));
    Top top = new Top(hierarchy, options, surroundings);
    PrintWriter out = spec.commandLine().getOut();
    if (json && interval != null && !once) {
      top.jsonLines(out);
    } else if (json) {
      top.json(out);
    } else if (once || !top.canLive()) {
      top.once(out, interval != null);
    } else {
      top.live();
      exit.accept(ExitStatus.DONE);
    }
    return ExitStatus.DONE;
  }

  private @Nullable String sortWord() {
    if (sort != null && !TopOptions.sortWords().contains(sort)) {
      throw new ParameterException(
          spec.commandLine(),
          "--sort %s: there are %s".formatted(sort, String.join(", ", TopOptions.sortWords())));
    }
    return sort;
  }

  private Duration lookEvery() {
    double seconds = interval == null ? 1 : interval;
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(), "--interval %s: seconds from 0.1 to 3600".formatted(interval));
    }
    return Duration.ofMillis(Math.round(seconds * MS_PER_SECOND));
  }
}
