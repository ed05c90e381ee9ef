package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.daemon.ProgramLogManager;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.NativeText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code vcgroupfs COMMAND …}. */
@Command(
    name = "vcgroupfs",
    description = "A virtual cgroup v1 memory hierarchy, served over FUSE.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage, 3 a prerequisite is missing.",
    })
public final class Main implements Callable<Integer> {
  /** What is behind SLF4J. */
  private static final String LOGGING = "org.slf4j.jul.JULServiceProvider";

  /** Daemons that this program has started. */
  private static final Daemons DAEMONS = new Daemons(Main.class.getName(), MountCommand.NAME);

  @Spec private @Nullable CommandSpec spec; // picocli sets it

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    // First, since jnr-ffi logs, too; and not from that class, which would be loaded too late.
    System.setProperty("java.util.logging.manager", ProgramLogManager.class.getName());
    System.setProperty("slf4j.provider", LOGGING); // named, so that nobody searches for one
    System.setProperty("slf4j.internal.verbosity", "WARN"); // else it says that it was named
    FuseLibrary library = new FuseLibrary();
    IntConsumer exit = Libc::exit; // here, so that the training makes it, too
    if (isCommand(args, ArchiveTraining.NAME)) {
      System.exit(ArchiveTraining.run(args, library, DAEMONS));
    }
    if (isCommand(args, MountCommand.NAME) || isCommand(args, RunCommand.NAME)) {
      library.beginLoading(); // beside the command line, which takes as long
    }
    System.setOut(nativeStream(FileDescriptor.out));
    System.setErr(nativeStream(FileDescriptor.err));
    PlainLine.Voice voice = new PlainLine.Voice(nativeWriter(System.out), nativeWriter(System.err));
    OptionalInt status = PlainCommands.run(args, library, DAEMONS, voice, exit);
    System.exit(
        status.isPresent() ? status.getAsInt() : commandLine(library, voice, args).execute(args));
  }

  @Override
  public Integer call() {
    throw Failures.misuse(
        Objects.requireNonNull(spec).commandLine(), "which command? See vcgroupfs --help");
  }

  /** The commands with our ways of saying what went wrong; only the one that is called, if any. */
  static CommandLine commandLine(FuseLibrary library, PlainLine.Voice voice, String... args) {
    CommandLine mount = new CommandLine(new MountCommand(library, DAEMONS, null));
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(mount);
    if (!isCommand(args, MountCommand.NAME)) { // else the others are not worth the time
      line.addSubcommand(new UmountCommand(DAEMONS));
      line.addSubcommand(new DoctorCommand(DAEMONS));
      line.addSubcommand(new ProfilesCommand());
      line.addSubcommand(new SimulateCommand());
      line.addSubcommand(new SweepCommand());
      line.addSubcommand(new CaptureCommand());
      line.addSubcommand(new PresetsCommand());
      line.addSubcommand(new ServeCommand());
      line.addSubcommand(new TopCommand(Libc::exit));
      line.addSubcommand(new RunCommand(library, DAEMONS, voice, Libc::exit));
      line.addSubcommand(new CommandLine.HelpCommand());
    }
    Choices.teach(line);
    mount.setStopAtPositional(true); // an option behind the mount point is told, not taken
    line.setExecutionExceptionHandler(Failures::failed);
    line.setParameterExceptionHandler(Failures::misused);
    line.setUsageHelpAutoWidth(false);
    line.setExpandAtFiles(false); // @NAME is a word of the command that is run
    line.setOut(voice.out());
    line.setErr(voice.err());
    return line;
  }

  private static boolean isCommand(String[] args, String name) {
    return args.length > 0 && args[0].equals(name);
  }

  /** file.encoding is ISO-8859-1, for the names in the mount; people read their own charset. */
  private static PrintStream nativeStream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, NativeText.charset());
  }

  /** Made of the stream itself, so that {@code checkError} hears of what the stream met. */
  private static PrintWriter nativeWriter(PrintStream stream) {
    return new PrintWriter(stream, true, NativeText.charset());
  }
}
