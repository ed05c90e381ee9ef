package io.github.vcgroupfs.hostview;

import io.github.vcgroupfs.os.MountEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of files in {@code /proc} on a machine whose cgroup v1 is ours. They are made from the
 * true texts, so that everything else in them stays true. What the kernel has in place of our
 * hierarchies is left out. Names have one char for each byte. Immutable.
 */
public final class V1Texts {
  /** Hierarchies that this program keeps for itself; nobody is to see them. */
  private static final String OWN_LABEL = "name=vcgroupfs-";

  private static final String NAMED = "name=";

  private final List<ShownHierarchy> ours;
  private final Set<String> kept;
  private final boolean unified;

  /**
   * Texts about these hierarchies.
   *
   * @param kept controllers, and {@code name=X}, of the kernel's v1 hierarchies that may be seen
   *     beside ours
   * @param unified whether the kernel's v2 hierarchy may be seen beside them
   */
  public V1Texts(List<ShownHierarchy> ours, Set<String> kept, boolean unified) {
    this.ours = List.copyOf(ours);
    this.kept = Set.copyOf(kept);
    this.unified = unified;
  }

  /** The hierarchies that the texts are about. */
  public List<ShownHierarchy> hierarchies() {
    return ours;
  }

  /**
   * {@code /proc/cgroups}: {@code proc_cgroupstats_show}. What is mounted nowhere that the reader
   * sees is left out, since lssubsys of libcgroup 2.0.2 ends at it.
   *
   * @param original the true text
   * @param mountinfo the reader's true {@code mountinfo}
   * @param groups how many groups each of ours has
   */
  public String cgroups(
      String original, String mountinfo, Function<ShownHierarchy, Integer> groups) {
    Map<String, ShownHierarchy> left = new HashMap<>();
    for (ShownHierarchy each : ours) {
      each.controllers().forEach(name -> left.put(name, each));
    }
    List<MountEntry> mounts = mountinfo.lines().flatMap(line -> entry(line).stream()).toList();
    List<String> lines = new ArrayList<>();
    for (String line : original.lines().toList()) {
      String[] fields = line.split("\t", -1); // subsys_name hierarchy num_cgroups enabled
      ShownHierarchy shown = left.remove(fields[0]);
      if (shown != null) {
        lines.add(row(fields[0], shown, groups));
      } else if (line.startsWith("#")
          || mounts.stream().anyMatch(mount -> mount.isV1With(fields[0]))) {
        lines.add(line);
      }
    }
    for (ShownHierarchy each : ours) {
      for (String name : each.controllers()) {
        if (left.remove(name) != null) {
          lines.add(row(name, each, groups));
        }
      }
    }
    return text(lines);
  }

  private static String row(
      String controller, ShownHierarchy in, Function<ShownHierarchy, Integer> groups) {
    return "%s\t%d\t%d\t1".formatted(controller, in.id(), groups.apply(in));
  }

  /**
   * {@code /proc/PID/cgroup}: {@code proc_cgroup_show}, the newest hierarchy first.
   *
   * @param original the true text
   * @param paths the group of that process in each of ours, as the reader is to see it
   */
  public String cgroup(String original, Map<ShownHierarchy, String> paths) {
    List<String[]> lines = new ArrayList<>();
    for (String line : original.lines().toList()) {
      String[] fields = line.split(":", 3); // id:controllers:path
      if (fields.length == 3 && isSeen(List.of(fields[1].split(",", -1)))) {
        lines.add(fields);
      }
    }
    for (ShownHierarchy each : ours) {
      lines.add(
          new String[] {Integer.toString(each.id()), each.name(), paths.getOrDefault(each, "/")});
    }
    lines.sort(Comparator.comparingInt((String[] fields) -> -number(fields[0])));
    return text(lines.stream().map(fields -> String.join(":", fields)).toList());
  }

  private boolean isSeen(List<String> names) {
    boolean v2 = names.equals(List.of(""));
    return v2 ? unified : isKept(names);
  }

  /** Those that were mounted when we came, and those that somebody has made since. */
  private boolean isKept(List<String> names) {
    return !isHidden(names)
        && names.stream().anyMatch(name -> kept.contains(name) || name.startsWith(NAMED));
  }

  private boolean isHidden(List<String> names) {
    return names.stream().anyMatch(name -> name.startsWith(OWN_LABEL))
        || ours.stream().anyMatch(each -> each.replaces(names));
  }

  /**
   * {@code /proc/PID/mountinfo}: {@code show_mountinfo}.
   *
   * @param original the true text
   * @param device the number of our file system, {@code major:minor}
   * @param tops the root of the reader's cgroup namespace in each of ours
   */
  public String mountinfo(String original, String device, Map<ShownHierarchy, String> tops) {
    List<String> lines = new ArrayList<>();
    for (String line : original.lines().toList()) {
      Optional<MountEntry> mount = entry(line);
      if (mount.isEmpty()) {
        lines.add(line);
      } else if (mount.get().device().equals(device)) {
        lines.add(asV1(line, mount.get(), tops));
      } else if (isSeen(mount.get())) {
        lines.add(line);
      }
    }
    return text(lines);
  }

  private boolean isSeen(MountEntry mount) {
    if (mount.type().equals("cgroup2")) {
      return unified;
    }
    return !mount.isCgroup() || isKept(List.of(mount.superOptions().split(",", -1)));
  }

  private String asV1(String line, MountEntry mount, Map<ShownHierarchy, String> tops) {
    ShownHierarchy shown = shownBy(mount);
    if (shown == null) {
      return line; // all of our hierarchies together
    }
    String path = relative(tops.getOrDefault(shown, "/"), inside(shown, mount));
    return "%s - cgroup cgroup %s"
        .formatted(
            withRoot(line.substring(0, line.indexOf(" - ")), path), superOptions(mount, shown));
  }

  /** The optional fields stay as they are. */
  private static String withRoot(String fields, String root) {
    String[] all = fields.split(" ", -1);
    all[3] = MountEntry.escape(root);
    return String.join(" ", all);
  }

  private static String superOptions(MountEntry mount, ShownHierarchy shown) {
    return (mount.superOptions().startsWith("ro") ? "ro," : "rw,") + shown.name();
  }

  private @Nullable ShownHierarchy shownBy(MountEntry mount) {
    return ours.stream().filter(each -> each.inside(at(mount)) != null).findFirst().orElse(null);
  }

  private static String inside(ShownHierarchy shown, MountEntry mount) {
    String inside = shown.inside(at(mount));
    return inside == null ? "/" : inside;
  }

  private static String at(MountEntry mount) {
    return mount.root().equals("/") ? "" : mount.root();
  }

  /**
   * {@code /proc/PID/mounts}: {@code show_vfsmnt}. It says less than {@code mountinfo}, which lists
   * the same mounts in the same order; so both are wanted.
   *
   * @param original the true text
   * @param mountinfo the true {@code mountinfo} of the same process
   * @param device the number of our file system, {@code major:minor}
   */
  public String mounts(String original, String mountinfo, String device) {
    List<String> all = original.lines().toList();
    List<String> numbered = mountinfo.lines().toList();
    boolean paired = all.size() == numbered.size(); // else one was mounted between the two reads
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Optional<MountEntry> simple = MountEntry.parseMounts(all.get(i));
      Optional<MountEntry> full = paired ? entry(numbered.get(i)) : simple;
      if (simple.isEmpty() || full.isEmpty()) {
        lines.add(all.get(i));
      } else if (full.get().device().equals(device) && shownBy(full.get()) != null) {
        lines.add(asV1(simple.get(), shownBy(full.get())));
      } else if (isSeen(full.get())) {
        lines.add(all.get(i));
      }
    }
    return text(lines);
  }

  /** The options of FUSE are left out; those of the mount stand before them. */
  private static String asV1(MountEntry mount, @Nullable ShownHierarchy shown) {
    Set<String> fuse = Set.of("user_id", "group_id", "default_permissions", "allow_other");
    String options =
        List.of(mount.superOptions().split(",", -1)).stream()
            .filter(option -> !fuse.contains(option.replaceFirst("=.*", "")))
            .collect(Collectors.joining(","));
    String name = shown == null ? "" : "," + shown.name();
    return "cgroup %s cgroup %s%s 0 0"
        .formatted(MountEntry.escape(mount.mountPoint()), options, name);
  }

  /**
   * A group's path as somebody sees it whose cgroup namespace has another root: {@code
   * kernfs_path_from_node}.
   */
  public static String relative(String top, String path) {
    List<String> from = names(top);
    List<String> to = names(path);
    int common = 0;
    while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
      common++;
    }
    String up = "/..".repeat(from.size() - common);
    String down =
        to.subList(common, to.size()).stream()
            .map(name -> "/" + name)
            .collect(Collectors.joining());
    String relative = up + down;
    return relative.isEmpty() ? "/" : relative;
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>(List.of(path.split("/", -1)));
    names.removeIf(String::isEmpty);
    return names;
  }

  /** Numbers for hierarchies that the machine does not use yet, from 1 up. */
  public static int freeId(Set<Integer> taken) {
    int id = 1;
    while (taken.contains(id)) {
      id++;
    }
    return id;
  }

  /** The numbers of hierarchies in a true {@code /proc/self/cgroup}, by the names there. */
  public static Map<String, Integer> ids(String cgroup) {
    Map<String, Integer> ids = new HashMap<>();
    for (String line : cgroup.lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3) {
        for (String name : new HashSet<>(List.of(fields[1].split(",", -1)))) {
          ids.put(name, number(fields[0]));
        }
      }
    }
    return ids;
  }

  private static Optional<MountEntry> entry(String line) {
    return MountEntry.parse(line);
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
