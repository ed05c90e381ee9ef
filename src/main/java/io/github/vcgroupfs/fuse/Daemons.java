package io.github.vcgroupfs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the daemon of a mount by its command line, which ends with the mount point. Looks at {@code
 * /proc} only, never at a mount. Stateless.
 */
public final class Daemons {
  private static final Path PROC = Path.of("/proc");
  private static final String MAIN = "io.github.vcgroupfs.cli.Main";
  private static final String VERB = "mount";
  private static final String CWD = "-Dvcgroupfs.cwd=";

  private Daemons() {}

  /** The processes that serve that mount point, this one aside. */
  public static List<Long> serving(MountPoint place) {
    List<Long> pids = new ArrayList<>();
    for (long pid : processes()) {
      if (pid != ProcessHandle.current().pid() && serves(pid, place)) {
        pids.add(pid);
      }
    }
    return pids;
  }

  /** Whether a process is there and has not ended; one that waits for its parent has. */
  static boolean isRunning(long pid) {
    try {
      String stat = new String(Files.readAllBytes(proc(pid, "stat")), ISO_8859_1);
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }

  /** All processes there are. */
  static List<Long> processes() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Long.parseLong(entry.getFileName().toString()));
      }
    } catch (IOException | NumberFormatException e) {
      return pids; // what was found so far
    }
    return pids;
  }

  /** The mount point on the command line of a daemon, with what it is relative to. */
  static Optional<Named> named(List<String> command) {
    int main = command.indexOf(MAIN);
    if (main < 0 || main + 2 >= command.size() || !command.get(main + 1).equals(VERB)) {
      return Optional.empty();
    }
    Optional<String> folder =
        command.subList(0, main).stream()
            .filter(argument -> argument.startsWith(CWD))
            .map(argument -> argument.substring(CWD.length()))
            .findFirst();
    return Optional.of(new Named(folder, command.get(command.size() - 1)));
  }

  private static boolean serves(long pid, MountPoint place) {
    try {
      String command = new String(Files.readAllBytes(proc(pid, "cmdline")), ISO_8859_1);
      Optional<Named> named = named(arguments(command));
      if (named.isEmpty()) {
        return false;
      }
      String folder = named.get().folder().orElse(null);
      Path relativeTo =
          folder == null
              ? Files.readSymbolicLink(proc(pid, "cwd"))
              : Path.of(NativeText.toText(folder));
      return MountPoint.resolve(relativeTo, NativeText.toText(named.get().name())).equals(place);
    } catch (IOException | MountException | InvalidPathException e) {
      return false; // it has ended, or is none of ours
    }
  }

  /** The arguments, each of which has a NUL behind it. */
  private static List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split("\0", -1)));
    arguments.remove(arguments.size() - 1);
    return arguments;
  }

  private static Path proc(long pid, String file) {
    return PROC.resolve(Long.toString(pid)).resolve(file);
  }

  /**
   * A name and what it is relative to, one char a byte.
   *
   * @param folder as the launcher passed it on; empty: the working directory
   */
  record Named(Optional<String> folder, String name) {}
}
