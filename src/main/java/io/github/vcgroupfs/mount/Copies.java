package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds where else a file system of ours is mounted: at another place, or in another mount
 * namespace. A process that gets a mount namespace of its own, such as a container or a service
 * with private folders, gets a copy of every mount, and an unmount elsewhere may leave it there.
 * The daemon runs until the last copy is gone.
 *
 * <p>It only reads files and links below {@code /proc} that are not about the mount itself, so no
 * daemon can make it wait. Of the processes of other users only root sees anything. Has no state.
 */
final class Copies {
  private static final int MAX_NAMED = 4;
  private static final String NAMESPACES = "nsfs";
  private static final String OF_MOUNTS = "mnt:[";

  private Copies() {}

  /**
   * The copies in one mount namespace.
   *
   * @param ours whether it is the namespace of this process
   * @param places where they are mounted, as the processes in it see it
   * @param pids the processes in it, at least one
   */
  private record Namespace(boolean ours, List<MountPoint> places, List<Integer> pids) {}

  /**
   * Where a file system is mounted, and what would unmount it, as a sentence. Empty if no mount of
   * it is seen.
   *
   * @param device {@code major:minor} of its st_dev
   * @param ofOthers whether another daemon serves a place: the kernel gives the device number of a
   *     file system that is gone to the next one
   */
  static Optional<String> sentence(String device, Predicate<MountPoint> ofOthers) {
    ProcFs proc = new ProcReader("/proc");
    Map<String, List<Integer>> namespaces = namespaces(proc);
    List<String> phrases = new ArrayList<>();
    String own = link("self");
    namespaces.forEach(
        (name, pids) -> {
          boolean ours = name.equals(own);
          List<MountPoint> places = new ArrayList<>(places(pids, device));
          places.removeIf(place -> ours && ofOthers.test(place));
          if (!places.isEmpty()) {
            phrases.add(phrase(proc, new Namespace(ours, places, pids)));
          }
        });
    return phrases.isEmpty()
        ? kept(namespaces)
        : Optional.of("it is still mounted " + String.join(", and ", phrases));
  }

  /** The processes of each mount namespace, by its name. */
  private static Map<String, List<Integer>> namespaces(ProcFs proc) {
    Map<String, List<Integer>> namespaces = new LinkedHashMap<>();
    for (int pid : proc.processes()) {
      String name = link(Integer.toString(pid));
      if (!name.isEmpty()) {
        namespaces.computeIfAbsent(name, key -> new ArrayList<>()).add(pid);
      }
    }
    return namespaces;
  }

  /** Empty if the process has ended or is not ours to look at. */
  private static String link(String pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", pid, "ns", "mnt")).toString();
    } catch (IOException goneOrForbidden) {
      return "";
    }
  }

  /** A process with another root directory sees less, so all are asked until one knows. */
  private static List<MountPoint> places(List<Integer> pids, String device) {
    for (int pid : pids) {
      List<MountPoint> places =
          MountTable.of(pid).stream()
              .flatMap(table -> table.entries().stream())
              .filter(entry -> entry.isOurs() && entry.device().equals(device))
              .map(MountPoint::of)
              .toList();
      if (!places.isEmpty()) {
        return places;
      }
    }
    return List.of();
  }

  private static String phrase(ProcFs proc, Namespace copies) {
    List<String> wheres = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    int first = copies.pids().get(0);
    for (MountPoint place : copies.places()) {
      wheres.add(place.toString());
      commands.add(
          copies.ours()
              ? "umount %s".formatted(place)
              : "nsenter -t %d -m umount %s".formatted(first, place));
    }
    String where = String.join(" and ", wheres);
    String mend = String.join("; ", commands);
    return copies.ours()
        ? "on %s here (to unmount it: %s)".formatted(where, mend)
        : "on %s in the mount namespace of %s (to unmount it: end them, or %s)"
            .formatted(where, names(proc, copies.pids()), mend);
  }

  private static String names(ProcFs proc, List<Integer> pids) {
    List<String> names = new ArrayList<>();
    for (int pid : pids.subList(0, Math.min(pids.size(), MAX_NAMED))) {
      TaskStat stat = proc.stat(pid);
      names.add("%s[%d]".formatted(stat == null ? "?" : stat.comm(), pid));
    }
    int more = pids.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /**
   * Namespaces that no process is in, but that a file keeps, as {@code unshare --mount=FILE} makes
   * them. What is mounted in them cannot be seen without entering them.
   */
  private static Optional<String> kept(Map<String, List<Integer>> namespaces) {
    List<String> files = new ArrayList<>();
    for (MountEntry entry : MountTable.read().entries()) {
      if (entry.type().equals(NAMESPACES)
          && entry.root().startsWith(OF_MOUNTS)
          && !namespaces.containsKey(entry.root())) {
        files.add(NativeText.toText(entry.mountPoint()));
      }
    }
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "it may be mounted in a mount namespace that a file keeps (to look: nsenter --mount=%s"
                    .formatted(files.get(0))
                + " cat /proc/self/mounts)");
  }
}
