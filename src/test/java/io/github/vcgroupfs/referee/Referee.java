package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.IOException;
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

/**
 * The program behind {@code mount-scripts/referee}: compares our answers with those of this
 * machine's kernel, where that can be asked, and with the recordings; prints the share of equal
 * steps, and the first steps that differ.
 */
@Command(
    name = "referee",
    description =
        "Compares strict mounts of this build with real kernels, answer by answer: with this"
            + " machine's kernel, where it has cgroup v1 and a profile fits, and with what kernels"
            + " answered when they were recorded.",
    footer =
        "%nExit status: 0 all equal but for deviations on purpose, 1 differences, 2 wrong usage,"
            + " 3 a prerequisite is missing.",
    sortOptions = false)
final class Referee implements Callable<Integer> {
  private static final int EQUAL = 0;
  private static final int DIFFERENT = 1;
  private static final int MISSING = 3;
  private static final String MEMORY = "memory";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the cases made by chance; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "how many cases are made by chance for this machine's kernel; default ${DEFAULT-VALUE}")
  private int count;

  @Option(
      names = "--controller",
      paramLabel = "NAME",
      defaultValue = MEMORY,
      description = "which hierarchy; default ${DEFAULT-VALUE}")
  private String controller = MEMORY;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "how many differing steps are printed of each comparison; default ${DEFAULT-VALUE}")
  private int show;

  @Option(
      names = "--profile",
      paramLabel = "ID",
      description =
          "give every kernel this profile instead of its own: shows that differences are found")
  private Optional<String> otherProfile = Optional.empty();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "do not compare: write down what this machine's kernel answers, as JSON lines")
  private Optional<Path> record = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  @SuppressWarnings("UnusedVariable") // picocli reads the annotation
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  private final List<String> differing = new ArrayList<>();
  private boolean equal = true;

  /** Ends with the exit status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Referee()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    LiveKernel live = LiveKernel.of(controller);
    if (record.isPresent()) {
      return recordTo(record.get(), live);
    }
    if (otherProfile.flatMap(Profiles::byId).isEmpty() && otherProfile.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--profile: there is no profile " + otherProfile.get());
    }
    if (!Ours.has(controller)) {
      System.err.printf("referee: this build has no controller %s%n", controller);
      return MISSING;
    }
    String noMount = Ours.obstacle();
    System.out.println(
        noMount.isEmpty()
            ? "Ours: a mount over FUSE, --strict, with the profile of each kernel."
            : "Ours: in memory, with the profile of each kernel. Not compared: what the kernel does"
                + " around a file system, since "
                + noMount
                + ".");
    System.out.printf("%n%-40s %6s %7s %9s  %s%n", "", "cases", "steps", "equal", "left out");
    compareLive(live, noMount.isEmpty());
    for (Recordings.Recording each : Recordings.all()) {
      if (each.controller().equals(controller)) {
        try (Ours ours = ours(each.kernel(), noMount.isEmpty())) {
          Comparison comparison = new Comparison();
          try (Side side = ours.side()) {
            each.cases().forEach(one -> comparison.add(one, side));
          }
          print(each.kernel(), "recorded, " + each.kind(), comparison);
        }
      }
    }
    if (controller.equals(MEMORY) && otherProfile.isEmpty()) {
      FlowComparison.kernels().forEach(this::compareFlows);
    }
    differing.forEach(System.out::println);
    return equal ? EQUAL : DIFFERENT;
  }

  private void compareLive(LiveKernel live, boolean mounted) {
    String obstacle = live.obstacle();
    if (!obstacle.isEmpty()) {
      System.out.printf(
          "not compared: Linux %s, this machine's kernel: %s%n", live.release(), obstacle);
      return;
    }
    try (Ours ours = ours(live.profile().id(), mounted);
        Side kernel = live.side()) {
      for (boolean chance : new boolean[] {false, true}) {
        List<Case> cases = cases(chance, kernel);
        Comparison comparison = new Comparison();
        try (Side side = ours.side()) {
          cases.forEach(each -> comparison.add(answered(each, kernel), side));
        }
        if (!cases.isEmpty()) {
          String kind = chance ? "fuzz of seed " + seed : "cases";
          print(live.profile().id(), "this machine, " + kind, comparison);
        }
      }
    }
  }

  /** Asks the kernel; every question is one that it can be asked. */
  static Case answered(Case each, Side kernel) {
    return each.answered(kernel.run(each).stream().map(Optional::orElseThrow).toList());
  }

  private List<Case> cases(boolean chance, Side kernel) {
    if (chance) {
      return Fuzz.cases(seed, count, kernel.files());
    }
    return controller.equals(MEMORY) ? Recordings.casesByHand() : List.of();
  }

  private int recordTo(Path file, LiveKernel live) throws IOException {
    String obstacle = live.obstacle();
    if (!obstacle.isEmpty()) {
      System.err.printf("referee: Linux %s cannot be recorded: %s%n", live.release(), obstacle);
      return MISSING;
    }
    try (Side kernel = live.side()) {
      List<Case> cases = new ArrayList<>(cases(false, kernel));
      cases.addAll(cases(true, kernel));
      List<String> lines = cases.stream().map(each -> answered(each, kernel).toJson()).toList();
      Files.write(file, lines, UTF_8);
      System.out.printf("%d cases of Linux %s in %s%n", lines.size(), live.release(), file);
    }
    return EQUAL;
  }

  private Ours ours(String kernel, boolean mounted) {
    KernelProfile profile = Profiles.byId(otherProfile.orElse(kernel)).orElseThrow();
    return mounted ? Ours.mounted(profile, controller) : Ours.inMemory(profile, controller);
  }

  private void print(String kernel, String kind, Comparison comparison) {
    List<String> leftOut = new ArrayList<>();
    if (comparison.undecidedCases() > 0) {
      leftOut.add(comparison.undecidedCases() + " cases: memory of the kernel's own decided");
    }
    if (comparison.unseenSteps() > 0) {
      leftOut.add(comparison.unseenSteps() + " steps: not to be seen here");
    }
    String what = kernel + ", " + kind;
    System.out.printf(
        "%-40s %6d %7d %8.3f%%  %s%n",
        what,
        comparison.cases(),
        comparison.steps(),
        comparison.percent(),
        String.join("; ", leftOut));
    List<Comparison.Difference> differences = comparison.differences();
    if (!differences.isEmpty()) {
      differing.add("%n%s: %d steps differ".formatted(what, differences.size()));
    }
    int shown = 0;
    for (Comparison.Difference each : differences) {
      Optional<Deviations.Deviation> meant = Deviations.of(kernel, each);
      equal &= meant.isPresent();
      if (shown < show) {
        differing.add("  " + each);
        meant.ifPresent(one -> differing.add("    on purpose: " + one.why()));
      }
      shown++;
    }
  }

  private void compareFlows(String kernel) {
    List<FlowComparison.Result> results = FlowComparison.of(kernel);
    List<FlowComparison.Result> off =
        results.stream()
            .filter(each -> each.percentOutside() > each.allowedPercent(kernel))
            .toList();
    String within = kernel.equals("linux-6.18") ? "5 % (streams 25 %)" : "10 %";
    String what = kernel + ", TCP buffers";
    System.out.printf(
        "%-40s %d of %d scenarios within %s of the kernel's range%n",
        what, results.size() - off.size(), results.size(), within);
    if (!off.isEmpty()) {
      equal = false;
      differing.add("%n%s: %d scenarios are farther off".formatted(what, off.size()));
    }
    for (FlowComparison.Result each : off.subList(0, Math.min(show, off.size()))) {
      differing.add("  %s: %.1f %% outside".formatted(each.name(), each.percentOutside()));
    }
  }
}
