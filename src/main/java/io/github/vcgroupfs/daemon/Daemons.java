package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.mount.DaemonFinder;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Cmdline;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.ProcReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts daemons and recognises them by their command line, which is {@code java … MAIN mount …
 * MOUNTPOINT}. To find one, it reads {@code /proc} and never touches a mount. Immutable.
 *
 * @param mainClass the name of the program's main class
 * @param verb the command that mounts
 */
public record Daemons(String mainClass, String verb) implements DaemonFinder {
  /** The property with the folder of the user: the launcher starts a daemon in {@code /}. */
  static final String FOLDER_PROPERTY = "vcgroupfs.cwd";

  private static final String FOLDER_OPTION = "-D" + FOLDER_PROPERTY + "=";

  @Override
  public List<Long> serving(MountPoint place) {
    List<Long> pids = new ArrayList<>();
    for (int pid : new ProcReader("/proc").processes()) {
      if (pid != ProcessHandle.current().pid() && serves(pid, place)) {
        pids.add((long) pid);
      }
    }
    return pids;
  }

  /**
   * The words that start this program again, to be followed by other arguments.
   *
   * @param own the command line of this process
   */
  public List<String> program(Cmdline own) {
    return own.words().subList(0, own.words().indexOf(mainClass) + 1).stream()
        .map(NativeText::toText)
        .toList();
  }

  /**
   * The options that the daemon of a mount was started with; none if no daemon of it can be seen.
   */
  public List<String> optionsOf(MountPoint place) {
    return serving(place).stream()
        .flatMap(pid -> options(pid).stream())
        .findFirst()
        .orElse(List.of());
  }

  /** Empty if the daemon has ended meanwhile. */
  private Optional<List<String>> options(long pid) {
    try {
      List<String> words = Cmdline.of(pid).words();
      int options = words.indexOf(mainClass) + 2; // behind the verb
      return Optional.of(
          words.subList(options, words.size() - 1).stream().map(NativeText::toText).toList());
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /** The mount point on the command line of a daemon; empty if it is none. */
  Optional<Named> named(List<String> command) {
    int main = command.indexOf(mainClass);
    if (main < 0 || main + 2 >= command.size() || !command.get(main + 1).equals(verb)) {
      return Optional.empty();
    }
    Optional<String> folder =
        command.subList(0, main).stream()
            .filter(argument -> argument.startsWith(FOLDER_OPTION))
            .map(argument -> argument.substring(FOLDER_OPTION.length()))
            .findFirst();
    return Optional.of(new Named(folder, command.get(command.size() - 1)));
  }

  private boolean serves(int pid, MountPoint place) {
    try {
      Optional<Named> named = named(Cmdline.of(pid).words());
      if (named.isEmpty()) {
        return false;
      }
      String folder = named.get().folder().orElse(null);
      Path relativeTo =
          folder == null
              ? Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "cwd"))
              : Path.of(NativeText.toText(folder));
      return MountPoint.resolve(relativeTo, NativeText.toText(named.get().name())).equals(place);
    } catch (IOException | MountException | InvalidPathException e) {
      return false; // it has ended, or is none of ours
    }
  }

  /**
   * A name and what it is relative to, one char a byte.
   *
   * @param folder as the launcher passed it on; empty: the working directory
   */
  record Named(Optional<String> folder, String name) {}
}
