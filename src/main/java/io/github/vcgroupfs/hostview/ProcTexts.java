package io.github.vcgroupfs.hostview;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What files of {@code /proc} would say if a hierarchy of ours were the kernel's v1 memory
 * hierarchy: tools find their cgroups by these texts, not by looking. Made from the true texts, so
 * that everything else in them stays true. Names have one char a byte. Stateless.
 *
 * <p>Three controllers more are told of, {@code cpu}, {@code cpuacct} and {@code cpuset}, where the
 * machine has them not: a JVM believes none of the four if one is missing. Their folders may be
 * missing.
 */
final class ProcTexts {
  private static final String MEMORY = "memory";

  /** In the order of {@code include/linux/cgroup_subsys.h}; its place is a controller's id. */
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "cpuacct", MEMORY);

  private static final String OUR_TYPE = "fuse.cgroup";

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
    List<MountLine> all = parse(mounts, Form.MOUNTS);
    return IntStream.range(0, all.size())
        .anyMatch(i -> all.get(i).isV1With(controller) && !isCovered(all, i));
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
    return rewrite(original, Form.MOUNTS, place);
  }

  /**
   * {@code /proc/PID/mountinfo}.
   *
   * @param original the true text
   * @param place where the hierarchy is to be: {@code /sys/fs/cgroup/memory}
   */
  static String mountinfo(String original, String place) {
    return rewrite(original, Form.MOUNTINFO, place);
  }

  /**
   * The mount points of the kernel's v1 memory hierarchy.
   *
   * @param mountinfo the true text
   */
  static List<String> memoryMounts(String mountinfo) {
    List<String> places = new ArrayList<>();
    for (String line : mountinfo.lines().toList()) {
      MountLine.parse(line, Form.MOUNTINFO)
          .filter(mount -> mount.isV1With(MEMORY))
          .map(MountLine::place)
          .filter(place -> !places.contains(place))
          .ifPresent(places::add);
    }
    return places;
  }

  /** How the two tables of mounts write a mount. */
  private enum Form {
    /** {@code source place type options 0 0}. */
    MOUNTS,
    /** {@code id parent major:minor root place options [tags] - type source options}. */
    MOUNTINFO
  }

  private static String rewrite(String original, Form form, String place) {
    List<MountLine> all = parse(original, form);
    NavigableSet<Integer> ids = new TreeSet<>(Set.of(0));
    all.forEach(mount -> ids.add(mount.id()));
    String escaped = escape(place);
    List<String> lines = new ArrayList<>();
    Set<String> controllers = new HashSet<>();
    int at = -1;
    MountLine ours = null;
    for (int i = 0; i < all.size(); i++) {
      MountLine mount = all.get(i);
      if (mount.isV1With(MEMORY) || mount.isOursAt(escaped)) {
        at = at < 0 ? lines.size() : at;
        ours = mount.isOursAt(escaped) ? mount : ours;
      } else if (!mount.isCgroup() || !isCovered(all, i)) {
        lines.add(mount.line());
        CONTROLLERS.stream().filter(mount::isV1With).forEach(controllers::add);
      }
    }
    String root = ours == null ? "/" : ours.root();
    int id = ours == null ? take(ids) : ours.id();
    int parent = ours == null ? above(all, escaped) : ours.parent();
    String device = ours == null ? "0:" + id : ours.device();
    lines.add(
        at < 0 ? lines.size() : at,
        write(form, List.of(id + " " + parent + " " + device + " " + root, escaped, MEMORY)));
    String folder = escaped.substring(0, escaped.lastIndexOf('/') + 1);
    for (String name : CONTROLLERS) {
      if (!name.equals(MEMORY) && !controllers.contains(name)) {
        int next = take(ids);
        String head = next + " " + above(all, escaped) + " 0:" + next + " /";
        lines.add(write(form, List.of(head, folder + name, name)));
      }
    }
    return text(lines);
  }

  /** A line of a v1 hierarchy, of its head in mountinfo, its place and its controller. */
  private static String write(Form form, List<String> parts) {
    String place = parts.get(1);
    String controller = parts.get(2);
    return switch (form) {
      case MOUNTS -> "cgroup " + place + " cgroup rw,relatime," + controller + " 0 0";
      case MOUNTINFO ->
          parts.get(0) + " " + place + " rw,relatime - cgroup cgroup rw," + controller;
    };
  }

  private static List<MountLine> parse(String text, Form form) {
    return text.lines().map(line -> MountLine.parse(line, form)).flatMap(Optional::stream).toList();
  }

  /**
   * Whether a mount made later lies on the same place or around it, so that nobody can see this
   * one. A root that stands late in the table, as pivot_root(2) can leave it, covers nothing.
   */
  private static boolean isCovered(List<MountLine> all, int index) {
    String place = all.get(index).place() + "/";
    return all.subList(index + 1, all.size()).stream()
        .map(MountLine::place)
        .anyMatch(later -> !later.equals("/") && place.startsWith(later + "/"));
  }

  /** The mount that a place lies in. */
  private static int above(List<MountLine> all, String place) {
    int longest = -1;
    int id = 0;
    for (MountLine mount : all) {
      String prefix = mount.place().endsWith("/") ? mount.place() : mount.place() + "/";
      if (place.startsWith(prefix) && prefix.length() >= longest) {
        longest = prefix.length();
        id = mount.id();
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

  /** As {@code mangle()} in {@code fs/proc_namespace.c}. */
  private static String escape(String path) {
    return path.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012")
        .replace("#", "\\043");
  }

  /**
   * One mount in either table, with its names as they are escaped there. In {@code mounts} there
   * are no ids.
   */
  private record MountLine(
      String line,
      int id,
      int parent,
      String device,
      String root,
      String place,
      String type,
      List<String> options) {

    static Optional<MountLine> parse(String line, Form form) {
      String[] fields = line.split(" ", -1);
      return switch (form) {
        case MOUNTS ->
            fields.length < 4
                ? Optional.empty()
                : Optional.of(
                    new MountLine(line, 0, 0, "", "/", fields[1], fields[2], words(fields[3])));
        case MOUNTINFO -> {
          int dash = List.of(fields).indexOf("-");
          yield dash < 6 || fields.length < dash + 4
              ? Optional.empty()
              : Optional.of(
                  new MountLine(
                      line,
                      ProcTexts.id(fields[0]),
                      ProcTexts.id(fields[1]),
                      fields[2],
                      fields[3],
                      fields[4],
                      fields[dash + 1],
                      words(fields[dash + 3])));
        }
      };
    }

    private static List<String> words(String options) {
      return List.of(options.split(",", -1));
    }

    boolean isV1With(String controller) {
      return type.equals("cgroup") && options.contains(controller);
    }

    boolean isCgroup() {
      return type.equals("cgroup") || type.equals("cgroup2");
    }

    boolean isOursAt(String where) {
      return type.equals(OUR_TYPE) && place.equals(where);
    }
  }
}
