package io.github.vcgroupfs.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.daemon.DaemonSettings;
import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.daemon.MountedRun;
import io.github.vcgroupfs.daemon.SupervisedRun;
import io.github.vcgroupfs.daemon.TemporaryMount;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.hostview.Foreground;
import io.github.vcgroupfs.hostview.HostView;
import io.github.vcgroupfs.hostview.UserNamespace;
import io.github.vcgroupfs.hostview.V1Layout;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Cmdline;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.Reasons;
import io.github.vcgroupfs.seccomp.Listener;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code vcgroupfs run}: runs a command that sees our hierarchies as its host's cgroup v1.
 *
 * <p>In the way {@code tree} the command is a child of this process, which answers its calls. In
 * the other two, with {@code --mount}, this process becomes the command: nothing stands between it
 * and its caller. Without, it mounts, runs {@code vcgroupfs run --mount} and takes the mount away.
 *
 * <p>A user who may not mount becomes root of a user namespace first, by unshare(1), since the
 * kernel makes none for a process with threads.
 */
@Command(
    name = RunCommand.NAME,
    description = {
      "Runs a command that sees virtual hierarchies as this host's cgroup v1, as do its children.",
      "Options of vcgroupfs mount (--profile, --strict, …) are those of a mount for the time of the"
          + " command.",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = {
      "vcgroupfs run [OPTIONS of mount] [--group GROUP] -- COMMAND…",
      "      vcgroupfs run --mount MOUNTPOINT [--group GROUP] -- COMMAND…",
    },
    footer = {
      "",
      "Exit status: the command's; 128 + N after signal N; 126 if it cannot be run, 127 if there is"
          + " none.",
    })
final class RunCommand implements Callable<Integer>, PlainLine.Command {
  /** The command's name. */
  static final String NAME = "run";

  private static final String MOUNT = "--mount";
  private static final String GROUP = "--group";
  private static final String UNIFIED = "--unified";
  private static final String WAY = "--way";
  private static final String ESCAPED = "--escaped";

  private static final int CANNOT_RUN = 126;
  private static final int NOT_FOUND = 127;
  private static final String END_OF_OPTIONS = "--";
  private static final String ALL = "all";

  @Option(
      names = MOUNT,
      paramLabel = "MOUNTPOINT",
      description = "A hierarchy that is mounted already; without it, one is for the time.")
  private @Nullable String mount;

  @Option(
      names = GROUP,
      paramLabel = "GROUP",
      description = "The group that the command is a member of; made with its parents if missing.")
  private String group = "";

  @Option(
      names = UNIFIED,
      description = "Let the command see the host's v2 hierarchy, too, as on a hybrid host.")
  private boolean unified;

  @Option(
      names = WAY,
      paramLabel = "tree|bind|text",
      description = {
        "The command and all that come from it (tree: Linux 5.9 or later), or the command alone:",
        "over the host's v1 memory mount (bind), or by generated texts (text); else what fits."
      })
  private @Nullable RunWay way;

  @Option(names = ESCAPED, hidden = true, description = "COMMAND is as URLs are written.")
  private boolean escaped;

  /** Options of mount, and the command behind them. */
  @Unmatched private List<String> rest = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec; // picocli sets it

  private final FuseLibrary library;
  private final Daemons daemons;
  private final PlainLine.Voice voice;
  private final IntConsumer end;

  /** How many words the command has, if a plain line says it. */
  private OptionalInt commandSize = OptionalInt.empty();

  /**
   * The command.
   *
   * @param library that may be being loaded already
   * @param daemons how a daemon of the program is started and found
   * @param voice how it speaks if picocli does not read it
   * @param end ends the process with a status at once, when all is given back
   */
  RunCommand(FuseLibrary library, Daemons daemons, PlainLine.Voice voice, IntConsumer end) {
    this.library = library;
    this.daemons = daemons;
    this.voice = voice;
    this.end = end;
  }

  @Override
  public boolean take(String option, PlainLine line) {
    switch (option) {
      case MOUNT -> mount = line.value();
      case GROUP -> group = line.value();
      case UNIFIED -> unified = line.flag();
      case WAY -> way = line.choice(RunWay.values());
      case ESCAPED -> escaped = line.flag();
      default -> {
        int place = line.place();
        boolean taken = new MountCommand(library, daemons, voice).take(option, line);
        rest.addAll(line.since(place));
        return taken;
      }
    }
    return true;
  }

  @Override
  public boolean takeRest(List<String> words, boolean ended) {
    rest.addAll(words);
    commandSize = OptionalInt.of(words.size());
    return ended && !words.isEmpty();
  }

  @Override
  public CommandLine line() {
    return spec == null ? voice.commandLine(this) : spec.commandLine();
  }

  @Override
  public Integer call() throws IOException, MountException, FixtureException, InterruptedException {
    int size = commandSize();
    List<String> options = rest.subList(0, rest.size() - size);
    if (!options.isEmpty() && !options.get(0).startsWith("-")) {
      throw misuse(
          "%s is no option of mount; a hierarchy that is mounted already is named by --mount %s"
              .formatted(options.get(0), options.get(0)));
    }
    if (mount != null && !options.isEmpty()) {
      throw misuse(
          "%s is of no use with --mount: %s is mounted already"
              .formatted(String.join(" ", options), mount));
    }
    Path relative = relativeGroup();
    Cmdline own = Cmdline.self();
    if (!Identity.self().mayMount()) {
      throw UserNamespace.enter(own);
    }
    List<String> command = command(own, size);
    boolean tree = chosenWay() == RunWay.TREE;
    if (mount != null) {
      MountPoint place = MountPoint.resolve(Folders.users(), mount);
      return tree ? supervised(place, relative, command) : inView(place, relative, command);
    }
    return tree ? supervised(options, relative, command) : aroundMount(own, options, command);
  }

  private int commandSize() {
    if (commandSize.isPresent()) {
      return commandSize.getAsInt();
    }
    List<String> all = line().getParseResult().originalArgs();
    int end = all.indexOf(END_OF_OPTIONS);
    if (end < 0 || end == all.size() - 1) {
      throw misuse("COMMAND is missing: it stands behind --, as in vcgroupfs run -- ls");
    }
    return all.size() - end - 1;
  }

  private Path relativeGroup() {
    Path root = Path.of("/");
    Path path;
    try {
      path = Path.of("/" + group);
    } catch (InvalidPathException e) {
      throw misuse(
          "--group %s: the locale's charset, %s, has not all of these letters; with LC_ALL=C.UTF-8"
                  .formatted(group, NativeText.charset())
              + " it works");
    }
    if (!path.equals(path.normalize())) {
      throw misuse("--group %s: . and .. are no names of groups".formatted(group));
    }
    return root.relativize(path);
  }

  private List<String> command(Cmdline own, int size) {
    List<String> words = own.last(size);
    return escaped
        ? words.stream().map(word -> URLDecoder.decode(word, ISO_8859_1)).toList()
        : words;
  }

  /** The way to go; if it is not the best one, a line says why. */
  private RunWay chosenWay() throws IOException, InterruptedException {
    if (way != null) {
      return way;
    }
    Optional<String> obstacle = Listener.obstacle();
    if (obstacle.isEmpty()) {
      return RunWay.TREE;
    }
    RunWay other =
        switch (HostView.possible()) {
          case BIND -> RunWay.BIND;
          case TEXT -> RunWay.TEXT;
        };
    say(
        "only the command itself will see the hierarchy, not its children: "
            + obstacle.orElseThrow());
    way = other;
    return other;
  }

  /** Runs the command as a child of this process, which answers its calls. */
  private int supervised(List<String> options, Path relative, List<String> command)
      throws IOException, MountException, FixtureException, InterruptedException {
    MountCommand mounting = mounting(options);
    mounting.openNamedLog();
    Identity identity = Identity.self();
    String usual = V1Layout.hostHasV1() ? MemoryController.NAME : ALL;
    DaemonSettings settings = mounting.settings(SupervisedRun.place(), identity, usual);
    try {
      return ended(
          new SupervisedRun(library, settings, identity, daemons, unified, this::say)
              .run(relative, command));
    } catch (FileSystemException failure) {
      return cannotRun(command, failure);
    }
  }

  private MountCommand mounting(List<String> options) {
    MountCommand plain = new MountCommand(library, daemons, voice);
    if (PlainLine.read(plain, options)) {
      return plain;
    }
    MountCommand mounting = new MountCommand(library, daemons, voice);
    Optional<String> complaint = Failures.parse(mounting.line(), options);
    if (complaint.isPresent()) {
      throw misuse(complaint.get());
    }
    return mounting;
  }

  /** The same on a hierarchy that is mounted already. */
  private int supervised(MountPoint place, Path relative, List<String> command)
      throws IOException, MountException, FixtureException, InterruptedException {
    List<HierarchySpec> specs =
        mounting(daemons.optionsOf(place))
            .settings(place, Identity.self(), MemoryController.NAME)
            .hierarchies();
    GroupFolders.requireHierarchy(
        specs.size() == 1 ? place.path() : place.path().resolve(specs.get(0).directory()), place);
    try {
      return ended(
          new MountedRun(place, specs, unified, this::say)
              .run(
                  command,
                  (pid, roots) -> {
                    for (Path root : roots) {
                      GroupFolders.join(root.resolve(relative), pid);
                    }
                  }));
    } catch (FileSystemException failure) {
      return cannotRun(command, failure);
    }
  }

  /** Becomes the command; returns only if that fails. */
  private int inView(MountPoint place, Path relative, List<String> command)
      throws IOException, MountException {
    GroupFolders.requireHierarchy(place.path(), place);
    GroupFolders.join(place.path().resolve(relative), ProcessHandle.current().pid());
    String inBytes = NativeText.toBytes(relative.toString());
    HostView view = new HostView(place.path(), inBytes);
    say(view.arrange(way == null ? HostView.possible() : simple(way)));
    return cannotRun(command, HostView.become(command));
  }

  private int ended(int status) {
    end.accept(status);
    return status;
  }

  private int cannotRun(List<String> command, FileSystemException failure) {
    String name = NativeText.toText(command.get(0));
    say("cannot run %s: %s".formatted(name.isEmpty() ? "''" : name, Reasons.of(failure)));
    return failure instanceof NoSuchFileException ? NOT_FOUND : CANNOT_RUN;
  }

  private static HostView.Way simple(RunWay way) throws IOException {
    return switch (way) {
      case TREE -> HostView.possible();
      case BIND -> HostView.Way.BIND;
      case TEXT -> HostView.Way.TEXT;
    };
  }

  private int aroundMount(Cmdline own, List<String> options, List<String> command)
      throws IOException, MountException, InterruptedException {
    Foreground foreground = Foreground.take();
    try (TemporaryMount temporary = TemporaryMount.make(daemons)) {
      int status = temporary.mount(own, options);
      if (status != ExitStatus.DONE) {
        return status;
      }
      List<String> words = new ArrayList<>(daemons.program(own));
      words.addAll(List.of(NAME, "--mount", temporary.place().toString(), "--group", group));
      if (way != null) {
        words.addAll(List.of("--way", Choices.word(way)));
      }
      words.addAll(List.of("--escaped", END_OF_OPTIONS));
      command.forEach(word -> words.add(URLEncoder.encode(word, ISO_8859_1)));
      return foreground.run(words);
    }
  }

  private void say(String text) {
    Failures.say(line(), text);
  }

  private RuntimeException misuse(String message) {
    return Failures.misuse(line(), message);
  }
}
