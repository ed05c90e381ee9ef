package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program behind {@code mount-scripts/fuzz}. */
@Command(
    name = "fuzz",
    description =
        "Makes system calls by chance on a fresh mount of each profile, right ones and wrong ones,"
            + " from threads of four users. Fails if a call hangs, if an errno comes that no"
            + " kernel gives there, if the daemon ends or logs an error, or if anything is left.",
    footer =
        "%nThe same seed makes the same calls in each thread; how threads meet is up to the"
            + " machine.%nExit status: 0 all well, 1 something is wrong, 2 wrong usage, 3 a"
            + " prerequisite is missing.",
    sortOptions = false)
final class Fuzz implements Callable<Integer> {
  private static final int MISSING = 3;
  private static final String SOURCE = "seen on Linux 6.18";

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "calls on each profile; default ${DEFAULT-VALUE}")
  private long calls;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "of all that is by chance; default: another one each time")
  private Optional<Long> givenSeed = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "ID",
      defaultValue = "all",
      description = "which kernel is imitated; default ${DEFAULT-VALUE}")
  private String profile = "all";

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "8",
      description = "how many threads call; default ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "a call that takes longer hangs; default ${DEFAULT-VALUE}")
  private int limitSeconds;

  @Option(
      names = "--replay",
      paramLabel = "THREAD:COUNT",
      description =
          "make only the first COUNT calls of that thread (0 is the first), and print each; needs"
              + " --seed and --profile")
  private Optional<String> replay = Optional.empty();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "call on this machine's own memory hierarchy instead, in a scratch group, and add to"
              + " FILE which errnos came")
  private Optional<Path> record = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  @SuppressWarnings("UnusedVariable") // picocli reads the annotation
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  /** Ends with the exit status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Fuzz()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    long seed = givenSeed.orElse(System.nanoTime() & 0xffffff);
    Drive.Settings settings = settings(seed);
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      System.err.println("fuzz: its threads become four users, which only root can: sudo");
      return MISSING;
    }
    System.out.printf("seed %d, %d threads%n", seed, settings.threads());
    if (record.isPresent()) {
      return record(settings, record.get());
    }
    boolean well = true;
    for (String each : profiles()) {
      MountFuzz.Report report = new MountFuzz(each, settings).run();
      System.out.println(report.figures());
      report.wrong().forEach(what -> System.out.println("  WRONG " + what));
      if (!report.wrong().isEmpty()) {
        well = false;
        System.out.printf(
            "  again: mount-scripts/fuzz --profile %s --seed %d --threads %d --calls %d%n",
            each, seed, threads, calls);
      }
    }
    return well ? 0 : 1;
  }

  private Drive.Settings settings(long seed) {
    if (threads < 1 || calls < threads) {
      throw wrong("--threads: at least 1, and not more than --calls");
    }
    if (replay.isEmpty()) {
      return new Drive.Settings(seed, calls, threads, limitSeconds, -1);
    }
    String[] numbers = replay.get().split(":", -1);
    if (!replay.get().matches("[0-9]{1,9}:[0-9]{1,9}")
        || givenSeed.isEmpty()
        || profile.equals("all")
        || Integer.parseInt(numbers[0]) >= threads) {
      throw wrong(
          "--replay: a thread below --threads and a count, as 3:1000, with --seed and --profile");
    }
    return new Drive.Settings(
        seed,
        Long.parseLong(numbers[1]) * threads,
        threads,
        limitSeconds,
        Integer.parseInt(numbers[0]));
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private List<String> profiles() {
    List<String> all = Profiles.all().stream().map(KernelProfile::id).toList();
    if (profile.equals("all")) {
      return all;
    }
    if (!all.contains(profile)) {
      throw wrong(
          "--profile: there is no profile %s; there are all, %s"
              .formatted(profile, String.join(", ", all)));
    }
    return List.of(profile);
  }

  private static int record(Drive.Settings settings, Path file) throws Exception {
    Outcomes outcomes = KernelFuzz.run(settings);
    System.out.printf(
        "the kernel: %d calls: %s; slowest %s%n",
        outcomes.calls(), outcomes.histogram(), outcomes.slowest());
    List<KernelErrnos.Row> rows = new ArrayList<>();
    if (Files.exists(file)) {
      Files.readAllLines(file, UTF_8).stream()
          .filter(line -> !line.startsWith("#"))
          .map(KernelErrnos.Row::of)
          .forEach(rows::add);
    }
    outcomes.rows(SOURCE).stream().map(KernelErrnos.Row::of).forEach(rows::add);
    Files.write(file, KernelErrnos.Row.joined(rows), UTF_8);
    return 0;
  }
}
