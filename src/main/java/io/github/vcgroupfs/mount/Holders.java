package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.kernel.Printable;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes that keep a mount busy. It only reads links below {@code /proc} and does not
 * follow them, because following one could wait for the very daemon that is to end. Has no state.
 */
public final class Holders {
  private static final int MAX_NAMED = 8;

  private Holders() {}

  /**
   * A process and how it keeps the mount busy: {@code bash[4711] (working directory)}.
   *
   * @param pid the process
   * @param name its name
   * @param what how it keeps the mount busy
   */
  public record Holder(long pid, String name, String what) {
    @Override
    public String toString() {
      return "%s[%d] (%s)"
          .formatted(
              Printable.escapedCharacters(name, false),
              pid,
              Printable.escapedCharacters(what, false));
    }
  }

  /** The processes that use anything at or below a mount point, without this process. */
  public static List<Holder> of(MountPoint place) {
    List<Holder> holders = new ArrayList<>();
    ProcFs proc = new ProcReader("/proc");
    for (int pid : proc.processes()) {
      if (pid != ProcessHandle.current().pid()) {
        how(pid, place).ifPresent(what -> holders.add(new Holder(pid, name(proc.stat(pid)), what)));
      }
    }
    return holders;
  }

  /** The processes and mounts that keep a mount point busy, as a phrase for a sentence. */
  public static String phrase(MountPoint place) {
    return seen(place).orElse("a process or mount that cannot be seen from here");
  }

  /**
   * The same of a mount that is gone from its place, with the other places it is mounted on.
   *
   * @param device {@code major:minor} of its st_dev
   */
  public static String phrase(MountPoint place, String device) {
    return Stream.concat(seen(place).stream(), Copies.sentence(device, other -> false).stream())
        .reduce((one, other) -> one + "; " + other)
        .orElseGet(() -> phrase(place));
  }

  /** The processes and mounts that are seen; empty if there are none. */
  static Optional<String> seen(MountPoint place) {
    List<String> all = new ArrayList<>();
    for (Holder holder : of(place)) {
      all.add(holder.toString());
    }
    for (MountEntry below : MountTable.read().below(place.bytes())) {
      all.add("the mount on " + NativeText.toText(below.mountPoint()));
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    int more = all.size() - MAX_NAMED;
    return Optional.of(
        String.join(", ", all.subList(0, Math.min(all.size(), MAX_NAMED)))
            + (more > 0 ? " and %d more".formatted(more) : ""));
  }

  private static Optional<String> how(int pid, MountPoint place) {
    Path process = Path.of("/proc", Integer.toString(pid));
    if (leadsInto(process.resolve("cwd"), place)) {
      return Optional.of("working directory");
    }
    if (leadsInto(process.resolve("root"), place)) {
      return Optional.of("root directory");
    }
    if (leadsInto(process.resolve("exe"), place)) {
      return Optional.of("program");
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (leadsInto(file, place)) {
          return Optional.of("open file " + Files.readSymbolicLink(file));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return Optional.empty(); // ended, or not ours to look at
    }
    return Optional.empty();
  }

  private static boolean leadsInto(Path link, MountPoint place) {
    try {
      return Files.readSymbolicLink(link).startsWith(place.path());
    } catch (IOException e) {
      return false;
    }
  }

  private static String name(@Nullable TaskStat process) {
    return process == null ? "?" : process.comm();
  }
}
