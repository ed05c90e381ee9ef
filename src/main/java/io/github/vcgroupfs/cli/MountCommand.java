package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.HierarchyList;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.daemon.Accounting;
import io.github.vcgroupfs.daemon.AgentMode;
import io.github.vcgroupfs.daemon.Daemon;
import io.github.vcgroupfs.daemon.DaemonSettings;
import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.daemon.FreezerMode;
import io.github.vcgroupfs.daemon.LogFile;
import io.github.vcgroupfs.daemon.LogLevel;
import io.github.vcgroupfs.daemon.MembershipMode;
import io.github.vcgroupfs.daemon.TemporaryMount;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.Presets;
import io.github.vcgroupfs.freezer.FreezerController;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs mount}: mounts a hierarchy and serves it until it is unmounted. */
@Command(
    name = MountCommand.NAME,
    description = "Mounts virtual cgroup v1 hierarchies: memory, or others.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "vcgroupfs mount [OPTIONS] MOUNTPOINT")
final class MountCommand implements Callable<Integer>, PlainLine.Command {
  /** The command's name. */
  static final String NAME = "mount";

  // Options that a plain line may have.
  private static final String PROFILE = "--profile";
  private static final String CONTROLLERS = "--controllers";
  private static final String STRICT = "--strict";
  private static final String SIZE = "--size";
  private static final String FREEZER = "--freezer";
  private static final String FIXTURE = "--fixture";
  private static final String PRESET = "--preset";
  private static final String ALLOW_OTHER = "--allow-other";
  private static final String FOREGROUND = "--foreground";
  private static final String LOG = "--log";
  private static final String LOG_LEVEL = "--log-level";

  private static final int MOST_FUSE_THREADS = 256;

  private final FuseLibrary library;
  private final Daemons daemons;
  private final PlainLine.@Nullable Voice voice;

  @Option(
      names = PROFILE,
      paramLabel = "ID",
      completionCandidates = Candidates.ProfileIds.class,
      description =
          "The kernel to imitate; see vcgroupfs profiles. Default: that of the fixture, or "
              + Profiles.DEFAULT_ID
              + ".")
  private @Nullable String profile;

  @Option(
      names = CONTROLLERS,
      paramLabel = "LIST",
      completionCandidates = Candidates.Hierarchies.class,
      description = {
        "Which controllers there are, between commas; name=X is a hierarchy without one, all stands"
            + " for all that the kernel has. Default: those of the fixture, or memory.",
        "One hierarchy is MOUNTPOINT itself; several are directories in it. Controllers with a plus"
            + " between them share one hierarchy.",
      })
  private @Nullable String controllers;

  @Option(
      names = STRICT,
      description = {
        "Only what that kernel has: no sim.* files, usage read-only, sizes 0.",
        "All users may come in, as with --allow-other: the kernel's hierarchies are open to all.",
      })
  private boolean strict;

  @Option(
      names = SIZE,
      paramLabel = "exact|zero",
      description = "st_size of control files: the length of the text, or 0 as in the kernel.")
  private @Nullable SizeMode size;

  @Option(
      names = "--accounting",
      paramLabel = "auto|always",
      description = "Account sockets once a group has a limit, or from the beginning.")
  private Accounting accounting = Accounting.AUTO;

  @Option(
      names = "--release-agent",
      paramLabel = "record|run",
      description = "Write calls of the release agent into sim.journal only, or run it, too.")
  private AgentMode releaseAgent = AgentMode.RECORD;

  @Option(
      names = "--membership",
      paramLabel = "auto|proc|hierarchy",
      description = {
        "Who tells members: events of the kernel if possible (auto), /proc, or a hierarchy of the",
        "kernel, which /proc/PID/cgroup of every process shows: container tools fail on it."
      })
  private MembershipMode membership = MembershipMode.AUTO;

  @Option(
      names = FREEZER,
      paramLabel = "off|signals",
      description = {
        "What FROZEN in freezer.state does to members: nothing, or SIGSTOP, and SIGCONT for THAWED.",
      })
  private FreezerMode freezer = FreezerMode.OFF;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of whatever is random in the model.")
  private long seed;

  @Option(
      names = FIXTURE,
      paramLabel = "FILE",
      description = "Begin with the groups of this file, which vcgroupfs capture has written.")
  private @Nullable String fixture;

  @Option(
      names = PRESET,
      paramLabel = "NAME",
      completionCandidates = Candidates.PresetNames.class,
      description = "Begin with a known incident; see vcgroupfs presets.")
  private @Nullable String preset;

  @Mixin private SharingOptions sharing = new SharingOptions(); // picocli sets it

  @Option(
      names = ALLOW_OTHER,
      description = {
        "Let other users in, as far as modes and owners of the files allow; root's mounts always do.",
        "For a user who is not root it needs user_allow_other in /etc/fuse.conf.",
      })
  private boolean allowOther;

  @Option(
      names = "--fuse-threads",
      paramLabel = "N",
      description = {
        "How many threads are kept for calls, 1 to 256. While calls wait, there are more.",
        "Default: one a processor, and at least 4.",
      })
  private int fuseThreads = MountOptions.threadsByDefault();

  @Option(
      names = TemporaryMount.FOR_RUN,
      hidden = true,
      description = "Standard input lasts as long as the vcgroupfs run that made MOUNTPOINT.")
  private boolean forRun;

  @Option(names = FOREGROUND, description = "Do not go into the background.")
  private boolean foreground;

  @Option(names = LOG, paramLabel = "FILE", description = "The log file.")
  private @Nullable String log;

  @Option(
      names = LOG_LEVEL,
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace. Default: info.")
  private LogLevel logLevel = LogLevel.INFO;

  @Parameters(
      paramLabel = "MOUNTPOINT",
      arity = "0..*",
      description = "An empty directory; made if it is missing.")
  private List<String> operands = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec; // picocli sets it

  /**
   * The command.
   *
   * @param library that is being loaded already
   * @param daemons how a daemon of the program is started and found
   * @param voice how it speaks if picocli does not read it
   */
  MountCommand(FuseLibrary library, Daemons daemons, PlainLine.@Nullable Voice voice) {
    this.library = library;
    this.daemons = daemons;
    this.voice = voice;
  }

  @Override
  public boolean take(String option, PlainLine line) {
    switch (option) {
      case PROFILE -> profile = line.value();
      case CONTROLLERS -> controllers = line.value();
      case STRICT -> strict = line.flag();
      case SIZE -> size = line.choice(SizeMode.values());
      case FREEZER -> freezer = line.choice(FreezerMode.values());
      case FIXTURE -> fixture = line.value();
      case PRESET -> preset = line.value();
      case ALLOW_OTHER -> allowOther = line.flag();
      case FOREGROUND -> foreground = line.flag();
      case LOG -> log = line.value();
      case LOG_LEVEL -> logLevel = line.choice(LogLevel.values());
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean takeRest(List<String> rest, boolean ended) {
    operands = rest;
    return !ended && rest.size() < 2;
  }

  @Override
  public CommandLine line() {
    return spec == null ? Objects.requireNonNull(voice).commandLine(this) : spec.commandLine();
  }

  @Override
  public Integer call() throws MountException, FixtureException, IOException, InterruptedException {
    String name = mountPoint();
    Identity identity = Identity.self();
    MountPoint place = MountPoint.resolve(Folders.users(), name);
    DaemonSettings settings = settings(place, identity, MemoryController.NAME);
    LogFile file =
        log == null
            ? LogFile.byDefault(place, identity)
            : LogFile.named(Folders.users().resolve(log));
    if (forRun) {
      TemporaryMount.endWithStandardInput(place.path());
    }
    PrintWriter out = voice == null ? line().getOut() : voice.out();
    new Daemon(library, settings, identity, daemons)
        .run(out, file.open(logLevel), Version::line, foreground);
    return ExitStatus.DONE;
  }

  /** What the options say; {@code usualControllers} if they name none. */
  DaemonSettings settings(MountPoint place, Identity identity, String usualControllers)
      throws MountException, FixtureException, IOException {
    Fixture beginning = beginning();
    KernelProfile chosen = profile(beginning);
    List<HierarchySpec> hierarchies = hierarchies(usualControllers, chosen, beginning);
    return new DaemonSettings(
        strict ? chosen : chosen.relaxed(),
        hierarchies,
        place,
        size == null ? (strict ? SizeMode.ZERO : SizeMode.EXACT) : size,
        strict || allowOther, // a kernel's hierarchy is open to all users, under its modes
        fuseThreads(),
        accounting,
        releaseAgent,
        membership,
        freezer(hierarchies),
        sharing.chosen(identity, releaseAgent == AgentMode.RUN),
        seed,
        beginning);
  }

  /** Opens the log that the options name; without one only errors are said. */
  void openNamedLog() throws MountException {
    if (log == null) {
      LogFile.none();
    } else {
      LogFile.named(Folders.users().resolve(log)).open(logLevel);
    }
  }

  private FreezerMode freezer(List<HierarchySpec> hierarchies) {
    boolean there = hierarchies.stream().anyMatch(each -> each.has(FreezerController.NAME));
    if (freezer == FreezerMode.SIGNALS && !there) {
      throw misuse(
          "--freezer signals: --controllers %s has no freezer, so name it there, too"
              .formatted(HierarchySpec.items(hierarchies)));
    }
    if (freezer == FreezerMode.SIGNALS && (fixture != null || preset != null)) {
      throw misuse(
          "--freezer signals: processes of --fixture and --preset are only numbers, which others may"
              + " have today: leave one of the options out");
    }
    return freezer;
  }

  private int fuseThreads() {
    if (fuseThreads < 1 || fuseThreads > MOST_FUSE_THREADS) {
      throw misuse(
          "--fuse-threads %d: it must be a number from 1 to %d"
              .formatted(fuseThreads, MOST_FUSE_THREADS));
    }
    return fuseThreads;
  }

  private @Nullable Fixture beginning() throws FixtureException, IOException {
    if (preset != null && fixture != null) {
      throw misuse("--fixture or --preset, not both");
    }
    if (preset != null && !Presets.names().contains(preset)) {
      throw misuse(
          "there is no preset %s: there are %s"
              .formatted(preset, String.join(", ", Presets.names())));
    }
    if (preset != null) {
      return Presets.read(preset);
    }
    return fixture == null
        ? null
        : Fixture.read(Folders.users().resolve(fixture), id -> Profiles.byId(id).isPresent());
  }

  private KernelProfile profile(@Nullable Fixture beginning) {
    String usual =
        beginning == null ? Profiles.DEFAULT_ID : beginning.profile().orElse(Profiles.DEFAULT_ID);
    String id = profile == null ? usual : profile;
    KernelProfile found = Profiles.byId(id).orElseThrow(() -> misuse(Choices.unknownProfile(id)));
    // it is a patch level of the kernel that the fixture names, and of no other
    return beginning != null && beginning.profile().equals(Optional.of(id))
        ? found.with(beginning.patchLevels())
        : found;
  }

  private List<HierarchySpec> hierarchies(
      String usual, KernelProfile chosen, @Nullable Fixture beginning) {
    if (controllers == null && beginning != null) {
      return hierarchiesOf(beginning, chosen);
    }
    String list = controllers == null ? usual : controllers;
    try {
      List<HierarchySpec> specs = HierarchyList.parse(list, chosen);
      if (beginning != null) {
        beginning.requireFits(specs);
      }
      return specs;
    } catch (HierarchyList.BadListException | FixtureException bad) {
      throw misuse("--controllers %s: %s".formatted(list, bad.getMessage()));
    }
  }

  private List<HierarchySpec> hierarchiesOf(Fixture beginning, KernelProfile chosen) {
    List<HierarchySpec> specs = beginning.hierarchies();
    try {
      HierarchyList.requireIn(specs, chosen);
      return specs;
    } catch (HierarchyList.BadListException bad) {
      throw misuse(
          "%s has groups of %s: %s, or name fewer with --controllers"
              .formatted(beginning.file(), HierarchySpec.items(specs), bad.getMessage()));
    }
  }

  /** The mount point ends the command line: that is how a daemon is found. */
  private String mountPoint() {
    if (operands.isEmpty() || operands.get(0).isEmpty()) {
      throw misuse("MOUNTPOINT is missing");
    }
    if (operands.size() > 1) {
      String late = operands.get(1);
      throw misuse(
          late.startsWith("-")
              ? "options come before MOUNTPOINT: " + late
              : "one MOUNTPOINT, not also " + late);
    }
    return operands.get(0);
  }

  private RuntimeException misuse(String message) {
    return Failures.misuse(line(), message);
  }
}
