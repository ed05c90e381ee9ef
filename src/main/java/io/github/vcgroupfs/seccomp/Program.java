package io.github.vcgroupfs.seccomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.SeccompCalls;
import io.github.vcgroupfs.os.SpawnCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A program with its arguments and its environment, laid out in memory as libc wants it. Its
 * strings have one char for each byte. Immutable.
 */
public final class Program {
  private static final Path OWN_ENVIRONMENT = Path.of("/proc/self/environ");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String SHELL = "/bin/sh";
  private static final int NO_PROGRAM_FILE = -Errno.ENOEXEC.number();

  /** Signals that this JVM or libfuse may have set to be ignored. */
  private static final int[] DEFAULT_SIGNALS = {13, 25}; // SIGPIPE, SIGXFSZ

  private final List<String> words;
  private final List<String> environment;
  private final String found;
  private final Supplier<SpawnCalls.Actions> closing;

  private final ByteBuffer file;
  private final NativeStrings arguments;
  private final NativeStrings shellArguments;
  private final NativeStrings variables;
  private final ByteBuffer attributes;
  private final SpawnCalls.Actions actions;

  private final long fileAt;
  private final ByteBuffer shell;
  private final long shellAt;
  private final long attributesAt;

  private Program(
      List<String> words,
      List<String> environment,
      String found,
      Supplier<SpawnCalls.Actions> closing) {
    this.words = List.copyOf(words);
    this.environment = List.copyOf(environment);
    this.found = found;
    this.closing = closing;
    file = NativeStrings.string(found);
    shell = NativeStrings.string(SHELL);
    fileAt = SeccompCalls.address(file);
    shellAt = SeccompCalls.address(shell);
    arguments = new NativeStrings(words);
    List<String> forShell = new ArrayList<>(List.of(SHELL, found));
    forShell.addAll(words.subList(1, words.size()));
    shellArguments = new NativeStrings(forShell);
    variables = new NativeStrings(environment);
    attributes = attributes();
    actions = closing.get();
    attributesAt = SeccompCalls.address(attributes);
  }

  /**
   * A program.
   *
   * @param words its name, which is looked up on our PATH if it has no slash, and its arguments
   * @param environment such as {@code HOME=/root}
   */
  public static Program of(List<String> words, List<String> environment) {
    return of(words, environment, Descriptors::closing);
  }

  /** The same, with its way to lose our descriptors. */
  static Program of(
      List<String> words, List<String> environment, Supplier<SpawnCalls.Actions> closing) {
    return new Program(words, environment, find(words.get(0)), closing);
  }

  /**
   * The same, but it is killed when the thread that starts it ends, however that comes: so also
   * when this process is killed. What it starts is not, and nor is a set-user-id program. It is
   * {@code setpriv} of util-linux that becomes the program after it has asked the kernel for that.
   *
   * @return empty on a machine without it, or if there is no such program
   */
  public Optional<Program> endingWithStarter() throws IOException {
    String found = find(name());
    Path file = Path.of(NativeText.toText(found));
    boolean canBeFound = Files.isRegularFile(file) && Files.isExecutable(file);
    // BusyBox has a setpriv, too, but not for this
    if (!canBeFound
        || !Files.isExecutable(SETPRIV)
        || !SETPRIV.toRealPath().endsWith(SETPRIV.getFileName())) {
      return Optional.empty();
    }
    List<String> prefixed =
        new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--", found));
    prefixed.addAll(words.subList(1, words.size()));
    return Optional.of(new Program(prefixed, environment, SETPRIV.toString(), closing));
  }

  /** The environment that this process was started with, byte for byte. */
  public static List<String> ownEnvironment() throws IOException {
    String all = new String(Files.readAllBytes(OWN_ENVIRONMENT), ISO_8859_1);
    return Arrays.stream(all.split("\0")).filter(each -> !each.isEmpty()).toList();
  }

  /** What people call it. */
  String name() {
    return words.get(0);
  }

  /** The same with another file. */
  Program named(String path) {
    return new Program(words, environment, path, closing);
  }

  /** The same, which knows the descriptors that are open now. */
  Program again() {
    return named(found);
  }

  /**
   * Starts it, a file of text without {@code #!} with a shell, as execvp(3) does.
   *
   * @param pid where its process id is written
   * @return 0, or a negative errno
   */
  int start(long pid) {
    int result = start(pid, fileAt, arguments);
    return result == NO_PROGRAM_FILE ? start(pid, shellAt, shellArguments) : result;
  }

  private int start(long pid, long path, NativeStrings with) {
    return SpawnCalls.spawn(pid, path, actions, attributesAt, with.address(), variables.address());
  }

  /**
   * Where a name without a slash leads: to the first file on PATH that can be executed. If there is
   * none, the name stays, and libc will say what is wrong.
   */
  private static String find(String name) {
    if (name.indexOf('/') >= 0) {
      return name;
    }
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(":")) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, NativeText.toText(name));
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return NativeText.toBytes(file.toString());
      }
    }
    return name;
  }

  private static ByteBuffer attributes() {
    ByteBuffer memory = SeccompCalls.memory(SpawnCalls.ATTRIBUTES_BYTES);
    ByteBuffer none = SeccompCalls.memory(SpawnCalls.SIGNAL_SET_BYTES);
    ByteBuffer defaults = SeccompCalls.memory(SpawnCalls.SIGNAL_SET_BYTES);
    long bits = 0;
    for (int signal : DEFAULT_SIGNALS) {
      bits |= 1L << (signal - 1);
    }
    defaults.putLong(0, bits);
    int result = SpawnCalls.initialize(memory, none, defaults);
    if (result < 0) {
      throw Requests.unexpected("posix_spawnattr_init", result);
    }
    return memory;
  }
}
