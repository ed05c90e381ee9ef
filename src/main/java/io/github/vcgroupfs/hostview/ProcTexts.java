package io.github.vcgroupfs.hostview;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The texts of files in {@code /proc}, as they would be if one of our hierarchies were the kernel's
 * v1 memory hierarchy. Tools find their cgroups by these texts and do not search for them. The
 * texts are made from the real ones, so that everything else in them stays true. Names have one
 * char for each byte. Has no state.
 *
 * <p>If the machine lacks them, three more controllers are listed: {@code cpu}, {@code cpuacct} and
 * {@code cpuset}. A JVM ignores all four if one is missing. Their folders need not exist.
 */
final class ProcTexts {
  private static final String MEMORY = "memory";

  /** In the order of {@code include/linux/cgroup_subsys.h}; its place is a controller's id. */
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "cpuacct", MEMORY);

  private ProcTexts() {}

  /**
   * {@code /proc/cgroups} with the four enabled, each in a hierarchy of its own. What else its
   * reader sees mounted stays: a JVM 17 dies of a mounted {@code pids} that is missing here. What
   * is mounted nowhere, or not in the reader's container, goes: lssubsys of libcgroup 2.0.2 ends at
   * it.
   *
   * @param original the true text, on v1 or on v2
   * @param mounts the reader's true {@code /proc/PID/mounts}
   */
  static String cgroups(String original, String mounts) {
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    original
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(fields -> ids.add(hierarchy(fields)));
    for (String line : original.lines().toList()) {
      String[] fields = line.split("\t", -1); // subsys_name hierarchy num_cgroups enabled
      if (fields.length == 4 && CONTROLLERS.contains(fields[0])) {
        seen.add(fields[0]);
        int id = hierarchy(fields);
        fields[1] = Integer.toString(id > 0 ? id : freeId(usualId(fields[0]), ids));
        fields[3] = "1";
        lines.add(String.join("\t", fields));
      } else if (hierarchy(fields) > 0 && isMounted(mounts, fields[0])) {
        lines.add(line);
      }
    }
    for (String name : CONTROLLERS) {
      if (!seen.contains(name)) {
        lines.add(name + "\t" + freeId(usualId(name), ids) + "\t1\t1");
      }
    }
    lines.add(0, "#subsys_name\thierarchy\tnum_cgroups\tenabled");
    return text(lines);
  }

  private static boolean isMounted(String mounts, String controller) {
    List<Line> all = parse(mounts, MountEntry::parseMounts);
    return IntStream.range(0, all.size())
        .anyMatch(i -> all.get(i).mount().isV1With(controller) && !isCovered(all, i));
  }

  private static int hierarchy(String[] fields) {
    return fields.length == 4 ? id(fields[1]) : 0;
  }

  /**
   * {@code /proc/PID/cgroup} of a process in that group.
   *
   * @param original the true text, on v1 or on v2
   * @param group its path from the root of the hierarchy; with or without a slash in front
   */
  static String cgroup(String original, String group) {
    String path = group.startsWith("/") ? group : "/" + group;
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (String line : original.lines().toList()) {
      String[] fields = line.split(":", 3); // id:controllers:path
      if (fields.length == 3) {
        List<String> controllers = List.of(fields[1].split(",", -1));
        seen.addAll(controllers);
        ids.add(id(fields[0]));
        boolean memory = controllers.contains(MEMORY);
        lines.add(memory ? fields[0] + ":" + fields[1] + ":" + path : line);
      }
    }
    List<String> added = new ArrayList<>();
    for (String name : CONTROLLERS) {
      if (!seen.contains(name)) {
        int id = freeId(usualId(name), ids);
        // the kernel lists the newest hierarchy first
        added.add(0, id + ":" + name + ":" + (name.equals(MEMORY) ? path : "/"));
      }
    }
    added.addAll(lines);
    return text(added);
  }

  /**
   * {@code /proc/PID/mounts}.
   *
   * @param original the true text
   * @param place where the hierarchy is to be: {@code /sys/fs/cgroup/memory}
   */
  static String mounts(String original, String place) {
    return rewrite(parse(original, MountEntry::parseMounts), MountEntry::toMounts, place);
  }

  /**
   * {@code /proc/PID/mountinfo}.
   *
   * @param original the true text
   * @param place where the hierarchy is to be: {@code /sys/fs/cgroup/memory}
   */
  static String mountinfo(String original, String place) {
    return rewrite(parse(original, MountEntry::parse), MountEntry::toMountinfo, place);
  }

  /** The mount points of the kernel's v1 memory hierarchy. */
  static List<String> memoryMounts(MountTable table) {
    return table.entries().stream()
        .filter(mount -> mount.isV1With(MEMORY))
        .map(MountEntry::mountPoint)
        .distinct()
        .toList();
  }

  private static String rewrite(List<Line> all, Function<MountEntry, String> write, String place) {
    NavigableSet<Integer> ids = new TreeSet<>(Set.of(0));
    all.forEach(line -> ids.add(line.mount().id()));
    List<String> lines = new ArrayList<>();
    Set<String> controllers = new HashSet<>();
    int at = -1;
    MountEntry ours = null;
    for (int i = 0; i < all.size(); i++) {
      MountEntry mount = all.get(i).mount();
      boolean oursHere = mount.isOfOurType() && mount.mountPoint().equals(place);
      if (mount.isV1With(MEMORY) || oursHere) {
        at = at < 0 ? lines.size() : at;
        ours = oursHere ? mount : ours;
      } else if (!mount.isCgroup() || !isCovered(all, i)) {
        lines.add(all.get(i).text());
        CONTROLLERS.stream().filter(mount::isV1With).forEach(controllers::add);
      }
    }
    MountEntry memory = ours == null ? added(ids, above(all, place), place, MEMORY) : asV1(ours);
    lines.add(at < 0 ? lines.size() : at, write.apply(memory));
    String folder = place.substring(0, place.lastIndexOf('/') + 1);
    for (String name : CONTROLLERS) {
      if (!name.equals(MEMORY) && !controllers.contains(name)) {
        lines.add(write.apply(added(ids, above(all, place), folder + name, name)));
      }
    }
    return text(lines);
  }

  /** A v1 hierarchy that is not there. */
  private static MountEntry added(
      NavigableSet<Integer> ids, int parent, String place, String controller) {
    int id = take(ids);
    return v1(id, parent, "0:" + id, "/", place, controller);
  }

  /** One of our mounts, as if it were the memory hierarchy. */
  private static MountEntry asV1(MountEntry ours) {
    return v1(ours.id(), ours.parentId(), ours.device(), ours.root(), ours.mountPoint(), MEMORY);
  }

  private static MountEntry v1(
      int id, int parent, String device, String root, String place, String controller) {
    return new MountEntry(
        id, parent, device, root, place, "rw,relatime", "cgroup", "cgroup", "rw," + controller);
  }

  private static List<Line> parse(String text, Function<String, Optional<MountEntry>> form) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      form.apply(line).ifPresent(mount -> lines.add(new Line(line, mount)));
    }
    return lines;
  }

  /**
   * Whether a mount made later lies on the same place or around it, so that nobody can see this
   * one. A root that stands late in the table, as pivot_root(2) can leave it, covers nothing.
   */
  private static boolean isCovered(List<Line> all, int index) {
    String place = all.get(index).mount().mountPoint() + "/";
    return all.subList(index + 1, all.size()).stream()
        .map(line -> line.mount().mountPoint())
        .anyMatch(later -> !later.equals("/") && place.startsWith(later + "/"));
  }

  /** The mount that a place lies in. */
  private static int above(List<Line> all, String place) {
    int longest = -1;
    int id = 0;
    for (Line line : all) {
      String mountPoint = line.mount().mountPoint();
      if (line.mount().holds(place) && mountPoint.length() >= longest) {
        longest = mountPoint.length();
        id = line.mount().id();
      }
    }
    return id;
  }

  private static int take(NavigableSet<Integer> ids) {
    int next = ids.last() + 1;
    ids.add(next);
    return next;
  }

  private static int usualId(String controller) {
    return CONTROLLERS.indexOf(controller) + 1;
  }

  private static int freeId(int wanted, Set<Integer> ids) {
    int id = wanted;
    while (!ids.add(id)) {
      id++;
    }
    return id;
  }

  private static int id(String number) {
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /**
   * A line of a table, which is handed on as it is where it may stay.
   *
   * @param text the line
   * @param mount what it says
   */
  private record Line(String text, MountEntry mount) {}
}
