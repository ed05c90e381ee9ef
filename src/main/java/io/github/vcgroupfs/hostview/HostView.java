package io.github.vcgroupfs.hostview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes this process see a hierarchy as the v1 memory hierarchy of its host. Then this process
 * becomes the program that is to see it. Both must be done on one thread: only the mounts of that
 * thread change, and the new program inherits them.
 *
 * <p>The generated texts cover files of {@code /proc/PID}. Another program in the same process
 * keeps seeing them; its child processes see the real ones. The texts over {@code /proc/mounts},
 * which is a symbolic link, and over {@code /proc/cgroups} are seen by all.
 */
public final class HostView {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  /** Not {@code self}: that is the leading thread, whose mounts are still the host's. */
  private static final Path MOUNTINFO = Path.of("/proc/thread-self/mountinfo");

  private static final Path MOUNTS = Path.of("/proc/thread-self/mounts");

  private static final Path CONTROLLERS = Path.of("/proc/cgroups");

  /** A folder that every {@code /proc} has, for what lies there for a moment. */
  private static final Path WORKSHOP = Path.of("/proc/sys");

  private final Path hierarchy;
  private final String group;

  /** How the view is made. */
  public enum Way {
    /** By mounting the hierarchy over the host's own v1 memory mount. */
    BIND,
    /** By generated texts in {@code /proc}, on a host that has no such mount. */
    TEXT
  }

  /**
   * A view of a hierarchy.
   *
   * @param hierarchy its mount point
   * @param group the group that the texts name, as a path from its root; empty for the root
   */
  public HostView(Path hierarchy, String group) {
    this.hierarchy = hierarchy;
    this.group = group;
  }

  /** The way that the host's own mounts make possible. */
  public static Way possible() throws IOException {
    return memoryMounts().isEmpty() ? Way.TEXT : Way.BIND;
  }

  /**
   * Makes the view for the calling thread.
   *
   * @return what was done, for people
   * @throws FileSystemException if the kernel refuses a step; it says which
   */
  public String arrange(Way way) throws IOException {
    Namespaces.unshareMounts();
    List<Path> places = memoryMounts();
    return switch (way) {
      case BIND -> bind(places);
      case TEXT -> text(places.isEmpty() ? CGROUPS.resolve("memory") : places.get(0));
    };
  }

  /**
   * Becomes another program.
   *
   * @param words the program and its arguments, one char for each byte
   * @return why that is impossible, for example NoSuchFileException; if it works, this does not
   *     return
   */
  public static FileSystemException become(List<String> words) {
    return Namespaces.exec(words);
  }

  /** Sends a signal. If the process has ended, nothing happens. */
  public static void signal(long pid, int signal) {
    Namespaces.kill(pid, signal);
  }

  private String bind(List<Path> places) throws IOException {
    if (places.isEmpty()) {
      throw new FileSystemException(
          CGROUPS.resolve("memory").toString(), null, "this host has no v1 memory mount");
    }
    for (Path place : places) {
      Namespaces.bind(hierarchy, place);
    }
    cover(Map.of(own("cgroup"), ProcTexts.cgroup(read(own("cgroup")), group)));
    String all = places.stream().map(Path::toString).collect(Collectors.joining(" and "));
    return "%s is bound over this host's v1 memory mount %s".formatted(hierarchy, all);
  }

  private String text(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      makePlaces();
    }
    Namespaces.bind(hierarchy, place);
    String cgroup = ProcTexts.cgroup(read(own("cgroup")), group);
    String seen = read(MOUNTS);
    String where = NativeText.toBytes(place.toString());
    String mounts = ProcTexts.mounts(seen, where);
    String mountinfo = ProcTexts.mountinfo(read(MOUNTINFO), where);
    cover(
        Map.of(
            own("cgroup"),
            cgroup,
            own("mounts"),
            mounts,
            own("mountinfo"),
            mountinfo,
            Path.of("/proc/mounts"),
            mounts,
            CONTROLLERS,
            ProcTexts.cgroups(read(CONTROLLERS), seen)));
    return "%s is bound to %s, and generated texts in /proc call it the v1 memory mount"
        .formatted(hierarchy, place);
  }

  /**
   * A folder of hierarchies where the host has none for memory: what it has stays, a v2 hierarchy
   * as {@code unified}, as on a host with both.
   */
  private static void makePlaces() throws IOException {
    boolean v2 = Files.exists(CGROUPS.resolve("cgroup.controllers"));
    int before = Namespaces.cloneTree(CGROUPS);
    Namespaces.tmpfs(CGROUPS);
    Path old = Files.createDirectory(CGROUPS.resolve(v2 ? "unified" : ".before"));
    Namespaces.attach(before, old);
    if (!v2) {
      copy(old, CGROUPS);
      Namespaces.detach(old);
      Files.delete(old);
    }
    for (String name : List.of("memory", "cpu", "cpuacct", "cpuset")) {
      if (!Files.exists(CGROUPS.resolve(name))) {
        Files.createDirectory(CGROUPS.resolve(name));
      }
    }
  }

  /** Binds the folders of one folder in another one; links such as {@code cpu} are made anew. */
  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(from)) {
      all = entries.toList();
    }
    for (Path each : all) {
      Path copy = to.resolve(each.getFileName());
      if (Files.isSymbolicLink(each)) {
        Files.createSymbolicLink(copy, Files.readSymbolicLink(each));
      } else if (Files.isDirectory(each) && !copy.equals(from)) {
        Files.createDirectory(copy);
        Namespaces.bind(each, copy);
      }
    }
  }

  /**
   * Covers files with texts. These are written to a file system of their own, since there may be no
   * folder that this process can write to; the mounts keep what is in it when it has gone.
   */
  private static void cover(Map<Path, String> texts) throws IOException {
    Namespaces.tmpfs(WORKSHOP);
    try {
      for (Map.Entry<Path, String> each : texts.entrySet()) {
        Path file = WORKSHOP.resolve("text");
        Files.write(file, each.getValue().getBytes(ISO_8859_1));
        file.toFile().setReadOnly();
        Namespaces.cover(each.getKey(), file);
        Files.delete(file);
      }
    } finally {
      Namespaces.detach(WORKSHOP);
    }
  }

  private static List<Path> memoryMounts() throws IOException {
    return ProcTexts.memoryMounts(MountTable.parse(read(MOUNTINFO))).stream()
        .map(place -> Path.of(NativeText.toText(place)))
        .toList();
  }

  private static Path own(String file) {
    return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), file);
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }
}
