package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.PathText;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cgroup v1 memory hierarchy, or a group of it with all groups below: of a kernel, or of a mount
 * of this program. It is as it was found; after an unmount and a mount it has to be found again,
 * which a {@link Watcher} does.
 *
 * <p>Thread-safe. Looks wait for each other.
 */
public final class Hierarchy {
  private final Path directory;

  /** Of the file system: another one means that something was mounted there. */
  private final Object device;

  private final Look look;
  private final boolean ours;
  private final boolean strict;
  private final SmallFile file = new SmallFile();

  private Hierarchy(Path directory, Look look, boolean ours, boolean strict) throws WatchException {
    this.directory = directory;
    this.device = device(directory);
    this.look = look;
    this.ours = ours;
    this.strict = strict;
  }

  /**
   * Finds a hierarchy.
   *
   * @param dir its root, a group in it, or the directory that has it, such as {@code
   *     /sys/fs/cgroup}
   * @throws WatchException if there is none, or it may not be read
   */
  public static Hierarchy at(Path dir) throws WatchException {
    ColumnFiles files = new ColumnFiles();
    Path real;
    try {
      real = dir.toRealPath();
    } catch (IOException e) {
      throw Trouble.with(dir.toAbsolutePath().normalize(), e);
    }
    Optional<Hierarchy> found = in(real, files);
    if (found.isPresent()) {
      return found.get();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      for (Path each : entries) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          found = in(each, files);
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
    } catch (IOException e) {
      throw Trouble.with(real, e);
    }
    throw absent(real, files);
  }

  /** The same directory, if there is a hierarchy again; none that lies in it. */
  static Hierarchy again(Path directory) throws WatchException {
    ColumnFiles files = new ColumnFiles();
    Optional<Hierarchy> found = in(directory, files);
    if (found.isPresent()) {
      return found.get();
    }
    throw absent(directory, files);
  }

  private static WatchException absent(Path real, ColumnFiles files) {
    return new WatchException(
        WatchException.Kind.ABSENT,
        ("%s is no cgroup v1 memory hierarchy and has none in it, for it has no %s: give one such as"
                + " /sys/fs/cgroup/memory, or a mount point of vcgroupfs mount")
            .formatted(real, files.names(Column.USAGE).get(0)));
  }

  private static Optional<Hierarchy> in(Path directory, ColumnFiles files) throws WatchException {
    boolean ours = isOurs(directory);
    Path table = directory.resolve(Served.GROUPS.fullName());
    if (exists(table, directory)) {
      TableLook look = new TableLook(directory, table);
      look.read();
      return Optional.of(new Hierarchy(directory, look, ours, false));
    }
    for (String name : files.names(Column.USAGE)) {
      if (exists(directory.resolve(name), directory)) {
        FilesLook look = new FilesLook(directory, files, ours);
        return Optional.of(new Hierarchy(directory, look, ours, ours));
      }
    }
    return Optional.empty();
  }

  /** Whether a file is there; it may be there and not be readable. */
  private static boolean exists(Path file, Path directory) throws WatchException {
    try {
      Files.readAttributes(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw Trouble.with(directory, e);
    }
  }

  private static boolean isOurs(Path real) {
    List<MountEntry> way = MountTable.read().towards(NativeText.toBytes(real.toString()));
    return !way.isEmpty() && way.get(way.size() - 1).isOurs();
  }

  /** The directory of the group that is the top here, without links. */
  public Path directory() {
    return directory;
  }

  /** Whether it is a mount of this program. */
  public boolean isOurs() {
    return ours;
  }

  /** Whether it is a mount of this program that has only the files of the kernel. */
  public boolean isStrict() {
    return strict;
  }

  /** The kernel that a mount of this program imitates, if that can be told. */
  public Optional<String> profile() {
    return look.profile();
  }

  /** Why a number is not known here, in a sentence without a full stop; empty if it is known. */
  public Optional<String> whyUnknown(Column column) {
    return look.whyUnknown(column);
  }

  /**
   * Looks at all groups.
   *
   * @throws WatchException if the hierarchy is gone, dead, or may not be read
   */
  public Snapshot read() throws WatchException {
    long timeMs = System.currentTimeMillis();
    long beganNs = System.nanoTime();
    List<GroupSample> groups;
    synchronized (look) {
      requireSame();
      groups = look.read();
    }
    return new Snapshot(timeMs, System.nanoTime() - beganNs, groups);
  }

  private static Object device(Path directory) throws WatchException {
    try {
      return Files.getAttribute(directory, "unix:dev");
    } catch (IOException e) {
      throw Trouble.with(directory, e);
    }
  }

  /** What is known of the files here holds as long as nothing else is mounted. */
  private void requireSame() throws WatchException {
    boolean covered =
        look instanceof FilesLook && exists(directory.resolve(Served.GROUPS.fullName()), directory);
    if (covered || !device.equals(device(directory))) {
      throw new WatchException(
          WatchException.Kind.ABSENT,
          "something else is mounted at %s since it was found: look for it anew"
              .formatted(directory));
    }
  }

  /**
   * The directory of a group. The group may have been removed meanwhile.
   *
   * @param group its path, as {@link GroupSample#path} has it
   * @throws WatchException if there can be none of that path
   */
  public Path directoryOf(String group) throws WatchException {
    Path at = directory;
    for (String name : group.split("/", -1)) {
      if (!name.isEmpty()) {
        at = child(at, name);
      }
    }
    return at;
  }

  private static Path child(Path parent, String name) throws WatchException {
    if (name.equals(".") || name.equals("..") || PathText.bytes(name).indexOf('/') >= 0) {
      throw absent(parent, name);
    }
    try {
      String text = NativeText.toText(PathText.bytes(name));
      Path usual = parent.resolve(text);
      if (text.indexOf('\0') < 0 && EntryName.of(usual).equals(name)) {
        return usual;
      }
    } catch (IllegalArgumentException notInThisCharset) {
      return listed(parent, name);
    }
    return listed(parent, name);
  }

  /** The entry of that name, where Java cannot make the path from a text. */
  private static Path listed(Path parent, String name) throws WatchException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path each : entries) {
        if (EntryName.of(each).equals(name)) {
          return each;
        }
      }
    } catch (IOException e) {
      throw Trouble.with(parent, e);
    }
    throw absent(parent, name);
  }

  private static WatchException absent(Path parent, String name) {
    return new WatchException(
        WatchException.Kind.ABSENT,
        "there is no group \"%s\" in %s: look again, it may have been removed"
            .formatted(name, parent));
  }

  /**
   * The sockets of a group, as {@code sim.tcp.sockets} lists them; none where there is no such
   * file.
   */
  public List<SocketRow> sockets(String group) throws WatchException {
    return lines(group, Served.TCP_SOCKETS).stream().map(SocketRow::parse).toList();
  }

  /**
   * The flows whose senders are in a group, by the names of the columns of {@code sim.tcp.flows}.
   */
  public List<Map<String, String>> flows(String group) throws WatchException {
    return TextTable.parse(lines(group, Served.TCP_FLOWS));
  }

  /** The relays of a group, by the names of the columns of {@code sim.tcp.relay}. */
  public List<Map<String, String>> relays(String group) throws WatchException {
    return TextTable.parse(lines(group, Served.TCP_RELAY));
  }

  /**
   * The faults that a group's {@code sim.fault} holds, a line each; none where there is no such
   * file.
   */
  public List<String> faults(String group) throws WatchException {
    return lines(group, Served.FAULT);
  }

  /** The last refusals in a group, the newest last; none where there is no such file. */
  public List<JournalLine> why(String group) throws WatchException {
    return lines(group, Served.WHY).stream().map(JournalLine::parse).toList();
  }

  /**
   * The last changes and refusals of the hierarchy, the newest last. None where there is no such
   * file: in the control groups of a kernel, and if a group is watched that is not the root.
   */
  public List<JournalLine> journal() throws WatchException {
    return lines("/", Served.JOURNAL).stream().map(JournalLine::parse).toList();
  }

  private List<String> lines(String group, Served served) throws WatchException {
    Path path = directoryOf(group).resolve(served.fullName());
    String text;
    synchronized (file) {
      try {
        file.read(path);
        text = new String(file.text(), 0, file.length(), StandardCharsets.UTF_8);
      } catch (NoSuchFileException noSuchFile) {
        return List.of();
      } catch (IOException e) {
        throw Trouble.with(directory, e);
      }
    }
    List<String> lines = new ArrayList<>();
    for (String each : text.split("\n", -1)) {
      if (!each.isEmpty() && !each.startsWith("#")) {
        lines.add(each);
      }
    }
    return lines;
  }
}
