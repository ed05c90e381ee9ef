package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program behind {@code mount-scripts/soak}. */
@Command(
    name = "soak",
    description =
        "Works on a mount of its own for some minutes, with everything at once: connections,"
            + " flows, groups, events, readers, faults, limits, processes, and clients that are"
            + " killed. Says every minute how the daemon does, and in the end what it has left"
            + " behind. Ctrl-C ends it early; the end is judged all the same.",
    footer =
        "%nThe columns: live heap (KiB), resident memory (MiB), descriptors and threads of the"
            + " daemon, groups, median and 99th percentile of a bystander's read of the root's"
            + " limit (ms), errors that nobody expected, and how much was done of each kind.%n%n"
            + "Exit status: 0 every invariant holds, 1 one does not, 2 wrong usage,"
            + " 3 a prerequisite is missing.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class Soak implements Callable<Integer> {
  private static final int HOLDS = 0;
  private static final int DOES_NOT_HOLD = 1;
  private static final int MISSING = 3;
  private static final double MAX_MINUTES = 100_000;

  @Parameters(index = "0", paramLabel = "MINUTES", description = "how long, such as 30 or 0.5")
  private double minutes;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "an empty folder for the mount and the log; by default a new one below /tmp")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "what is done; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "between two lines; default ${DEFAULT-VALUE}")
  private int everySeconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "before the figures that the end is compared with, a third of the time at most; default"
              + " ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Spec private CommandSpec spec;

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Tally tally = new Tally();
  private final Clients clients = new Clients();
  private final Invariants invariants = new Invariants();

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    Soak soak = new Soak();
    CountDownLatch ended = new CountDownLatch(1);
    int[] status = {DOES_NOT_HOLD};
    // Ctrl-C runs this while the program goes on to its end
    Thread hook =
        new Thread(
            () -> {
              soak.interrupted.countDown();
              try {
                ended.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(status[0]);
            },
            "ctrl-c");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      status[0] = new CommandLine(soak).execute(arguments);
    } finally {
      System.out.flush();
      ended.countDown();
    }
    System.exit(status[0]); // the hook does it
  }

  @Override
  public Integer call() throws Exception {
    if (!(minutes > 0 && minutes <= MAX_MINUTES) || everySeconds < 1 || warmUpSeconds < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "MINUTES is %s, --every %d, --warm-up %d: all must be more than 0"
              .formatted(minutes, everySeconds, warmUpSeconds));
    }
    for (String each : List.of("setsid", "python3", "curl")) {
      if (Program.runToEnd(List.of("sh", "-c", "command -v " + each)).status() != 0) {
        System.err.println(
            "soak: " + each + " is missing: install it (apt-get install " + each + ")");
        return MISSING;
      }
    }
    Path folder =
        directory.isPresent() ? directory.get() : Files.createTempDirectory("vcgroupfs-soak");
    if (!isEmptyFolder(folder)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          folder + " is not an empty folder: name one, or one that does not exist");
    }
    folder = folder.toRealPath();
    SoakDaemon daemon = SoakDaemon.start(folder);
    try (RelayServer server = new RelayServer()) {
      run(daemon, server);
    } finally {
      clients.killAll();
      daemon.remove();
    }
    if (invariants.allHold()) {
      delete(folder);
    } else {
      System.out.println("what the daemon said is in " + folder);
    }
    return invariants.allHold() ? HOLDS : DOES_NOT_HOLD;
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isEmpty();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void run(SoakDaemon daemon, RelayServer server) throws Exception {
    Path memory = daemon.memory();
    Path pids = daemon.pids();
    Workload workload =
        new Workload(
            List.of(
                new RelayChurn(memory, clients, server, tally),
                new FlowChurn(memory, tally),
                new TreeChurn(memory, pids, tally),
                new EventChurn(memory, clients, tally),
                new ReadChurn(daemon.mount(), clients, tally),
                new FaultChurn(memory, clients, tally),
                new LimitChurn(memory, pids, tally),
                new ProcessChurn(memory, pids, clients, tally)),
            tally);
    Minutes lines = new Minutes(daemon, clients, tally);
    Rest rest = new Rest(daemon, invariants);
    long allSeconds = Math.max(1, Math.round(minutes * 60));
    long warmSeconds = Math.min(warmUpSeconds, allSeconds / 3);

    System.out.printf("soak: %s, seed %d, on %s%n", SoakDaemon.PROFILE, seed, daemon.mount());
    workload.start(seed);
    lines.printFor(warmSeconds, everySeconds, interrupted);
    invariants.note("the work stops after the warm-up", workload.stop());
    rest.empty();
    Rest.Figures warm = rest.look();
    System.out.println("warm: " + warm);

    workload.start(seed + 1);
    lines.printFor(allSeconds - warmSeconds, everySeconds, interrupted);
    invariants.note("the work stops", workload.stop());
    rest.empty();
    rest.compare(warm);
    System.out.println("in the end: " + rest.look());
    end(daemon, lines);
  }

  private void end(SoakDaemon daemon, Minutes lines) throws Exception {
    invariants.note("the bystander was served all the time", lines.bystander());
    invariants.note("no error that nobody expected", String.join("; ", tally.kept()));
    clients.killAll();
    invariants.note("no complaint in the log", String.join("; ", daemon.complaints()));
    invariants.await("umount works", daemon::umount);
    invariants.note("the daemon ends", daemon.awaitEnd());
    invariants.await("the mount table is clean", () -> daemon.isMounted() ? "it is there" : "");
    invariants.note("the mount point is empty", isEmptyFolder(daemon.mount()) ? "" : "it is not");
    invariants.note(
        "no process is left",
        String.join(" ", clients.left().stream().map(String::valueOf).toList()));
    System.out.printf(
        "soak: %d operations, %d unexpected errors: %s%n",
        tally.operations(), tally.errors(), invariants.allHold() ? "all is well" : "FAILED");
  }
}
