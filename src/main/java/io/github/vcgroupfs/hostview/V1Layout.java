package io.github.vcgroupfs.hostview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where our hierarchies lie in {@code /sys/fs/cgroup}, and which numbers they have. On a machine
 * that has v1 hierarchies of its own beside ours, these stay where they are. Made for the calling
 * thread's mounts; immutable.
 */
public final class V1Layout {
  /** The name of the v2 hierarchy in {@code /proc/PID/cgroup}. */
  private static final String V2 = "";

  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final Path OWN_GROUPS = Path.of("/proc/self/cgroup");
  private static final String UNIFIED = "unified";
  private static final String BEFORE = ".before";

  private final List<Placed> placed;
  private final Set<String> kept;
  private final boolean unified;

  private V1Layout(List<Placed> placed, Set<String> kept, boolean unified) {
    this.placed = List.copyOf(placed);
    this.kept = Set.copyOf(kept);
    this.unified = unified;
  }

  /**
   * One of our hierarchies, before it has a place.
   *
   * @param controllers the kernel's names of its controllers
   * @param label the name of a named hierarchy; else null
   * @param directory the name of its directory
   * @param links other names of that directory
   * @param root where its root is in our file system: empty, or a slash and a name
   */
  public record Hierarchy(
      List<String> controllers,
      @Nullable String label,
      String directory,
      List<String> links,
      String root) {}

  /**
   * One of our hierarchies with its place.
   *
   * @param hierarchy what it is
   * @param shown as texts show it
   * @param callersPath the group of this process in the host's own hierarchy with the same
   *     controllers; the root if there is none
   */
  public record Placed(Hierarchy hierarchy, ShownHierarchy shown, String callersPath) {
    /** Its directory. */
    public Path place() {
      return CGROUPS.resolve(hierarchy.directory());
    }
  }

  /**
   * Plans a layout; nothing is changed.
   *
   * @param unified whether the host's v2 hierarchy may be seen beside ours
   */
  public static V1Layout plan(List<Hierarchy> hierarchies, boolean unified) throws IOException {
    String own = read(OWN_GROUPS);
    Map<String, Integer> ids = V1Texts.ids(own);
    Map<String, String> paths = paths(own);
    ids.remove(V2); // it has number 0, and none of ours may have that
    paths.remove(V2);
    Set<Integer> taken = new HashSet<>(ids.values());
    Set<Integer> used = new HashSet<>();
    List<Placed> placed = new ArrayList<>();
    for (Hierarchy each : hierarchies) {
      List<String> names =
          each.label() == null ? each.controllers() : List.of("name=" + each.label());
      String known = names.stream().filter(ids::containsKey).findFirst().orElse(V2);
      Integer hosts = ids.get(known);
      boolean usable = hosts != null && used.add(hosts); // each number is used once
      int id = usable && hosts != null ? hosts : V1Texts.freeId(taken);
      taken.add(id);
      placed.add(
          new Placed(
              each,
              new ShownHierarchy(id, each.controllers(), each.label(), each.root()),
              paths.getOrDefault(known, "/")));
    }
    Set<String> kept = new HashSet<>();
    for (MountEntry mount : MountTable.read().entries()) {
      if (mount.type().equals("cgroup")) {
        kept.addAll(List.of(mount.superOptions().split(",", -1)));
      }
    }
    return new V1Layout(placed, kept, unified);
  }

  /** Whether the kernel of this host has hierarchies of v1 mounted. */
  public static boolean hostHasV1() {
    return MountTable.read().entries().stream().anyMatch(mount -> mount.type().equals("cgroup"));
  }

  /** The hierarchies. */
  public List<Placed> placed() {
    return placed;
  }

  /** The texts of {@code /proc} that fit it. */
  public V1Texts texts() {
    return new V1Texts(placed.stream().map(Placed::shown).toList(), kept, unified);
  }

  /**
   * Makes the layout, for the calling thread's mounts: these must be its own.
   *
   * @param fileSystem where our file system is mounted
   * @throws FileSystemException if the kernel refuses a step; it says which
   */
  public void arrange(Path fileSystem) throws IOException {
    MountTable host = MountTable.read();
    List<Path> elsewhere = new ArrayList<>();
    List<Path> targets = new ArrayList<>();
    for (MountEntry mount : host.entries()) {
      Path place = Path.of(NativeText.toText(mount.mountPoint()));
      Placed ours = replacing(mount);
      if (ours != null && !place.startsWith(CGROUPS)) {
        elsewhere.add(place);
        targets.add(fileSystem.resolve("." + ours.hierarchy().root()));
      }
    }
    boolean whole = host.top(CGROUPS.toString()).map(V1Layout::isV2).orElse(false);
    int before = Namespaces.cloneTree(CGROUPS);
    takeAway();
    Namespaces.tmpfs(CGROUPS);
    keep(before, host, whole);
    for (Placed each : placed) {
      Path place = each.place();
      if (!Files.exists(place)) {
        Files.createDirectory(place);
      }
      Namespaces.bind(fileSystem.resolve("." + each.hierarchy().root()).normalize(), place);
      for (String link : each.hierarchy().links()) {
        Files.createSymbolicLink(CGROUPS.resolve(link), Path.of(each.hierarchy().directory()));
      }
    }
    for (int i = 0; i < elsewhere.size(); i++) {
      Namespaces.bind(targets.get(i).normalize(), elsewhere.get(i));
    }
  }

  /** What is mounted there; in a user namespace it may be locked, and is only covered then. */
  private static void takeAway() {
    try {
      Namespaces.detach(CGROUPS);
    } catch (FileSystemException locked) {
      // covered by what comes next; the texts do not tell of it
    }
  }

  /** Brings back what of the old directory is to be seen still. */
  private void keep(int before, MountTable host, boolean whole) throws IOException {
    Path old = Files.createDirectory(CGROUPS.resolve(whole && unified ? UNIFIED : BEFORE));
    Namespaces.attach(before, old);
    if (whole && unified) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> all = Files.list(old)) {
      entries = whole ? List.of() : all.toList();
    }
    Set<String> kept = new HashSet<>();
    for (Path each : entries) {
      String name = each.getFileName().toString();
      boolean seen =
          host.top(NativeText.toBytes(CGROUPS.resolve(name).toString()))
              .map(this::isKept)
              .orElse(false);
      if (seen && !Files.isSymbolicLink(each)) {
        Namespaces.bind(each, Files.createDirectory(CGROUPS.resolve(name)));
        kept.add(name);
      }
    }
    for (Path each : entries) {
      if (Files.isSymbolicLink(each) && kept.contains(Files.readSymbolicLink(each).toString())) {
        Files.createSymbolicLink(
            CGROUPS.resolve(each.getFileName().toString()), Files.readSymbolicLink(each));
      }
    }
    Namespaces.detach(old);
    Files.delete(old);
  }

  private boolean isKept(MountEntry mount) {
    return isV2(mount) ? unified : mount.type().equals("cgroup") && replacing(mount) == null;
  }

  private static boolean isV2(MountEntry mount) {
    return mount.type().equals("cgroup2");
  }

  private @Nullable Placed replacing(MountEntry mount) {
    List<String> names = List.of(mount.superOptions().split(",", -1));
    return mount.type().equals("cgroup")
        ? placed.stream().filter(each -> each.shown().replaces(names)).findFirst().orElse(null)
        : null;
  }

  private static Map<String, String> paths(String cgroup) {
    Map<String, String> paths = new HashMap<>();
    for (String line : cgroup.lines().toList()) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3) {
        for (String name : fields[1].split(",", -1)) {
          paths.put(name, fields[2]);
        }
      }
    }
    return paths;
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }
}
