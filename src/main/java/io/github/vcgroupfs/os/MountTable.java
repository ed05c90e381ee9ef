package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is mounted where, at one moment, as one process sees it. Immutable. */
public final class MountTable {
  /** Of the calling thread, whose mounts may be others than those of the first thread. */
  private static final Path MOUNTINFO = Path.of("/proc/thread-self/mountinfo");

  private final List<MountEntry> entries;

  private MountTable(List<MountEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** The table at this moment, as the calling thread sees it. */
  public static MountTable read() {
    try {
      return parse(new String(Files.readAllBytes(MOUNTINFO), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + MOUNTINFO, e);
    }
  }

  /**
   * The table at this moment, as another process sees it. Empty if that process has ended or may
   * not be looked at.
   */
  public static Optional<MountTable> of(int pid) {
    try {
      Path file = Path.of("/proc", Integer.toString(pid), "mountinfo");
      return Optional.of(parse(new String(Files.readAllBytes(file), ISO_8859_1)));
    } catch (IOException goneOrForbidden) {
      return Optional.empty();
    }
  }

  /** A table from the text of mountinfo, one char for each byte. */
  public static MountTable parse(String text) {
    List<MountEntry> entries = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      MountEntry.parse(line).ifPresent(entries::add);
    }
    return new MountTable(entries);
  }

  /** All mounts, in the kernel's order. */
  public List<MountEntry> entries() {
    return entries;
  }

  /** The mount that one sees at a mount point: if several are stacked there, the topmost. */
  public Optional<MountEntry> top(String mountPoint) {
    Set<Integer> covered = new HashSet<>();
    Optional<MountEntry> top = Optional.empty();
    for (MountEntry entry : at(mountPoint)) {
      covered.add(entry.parentId());
    }
    for (MountEntry entry : at(mountPoint)) {
      if (!covered.contains(entry.id())) {
        top = Optional.of(entry);
      }
    }
    return top;
  }

  /** The same mount as it is now; it may have been moved. */
  public Optional<MountEntry> now(MountEntry before) {
    return entries.stream()
        .filter(entry -> entry.id() == before.id() && entry.device().equals(before.device()))
        .findFirst();
  }

  /** The mount with this number. */
  public Optional<MountEntry> byId(int id) {
    return entries.stream().filter(entry -> entry.id() == id).findFirst();
  }

  /** All mounts at a mount point. */
  public List<MountEntry> at(String mountPoint) {
    List<MountEntry> there = new ArrayList<>(entries);
    there.removeIf(entry -> !entry.mountPoint().equals(mountPoint));
    return there;
  }

  /** The mounts below a path, deepest first. */
  public List<MountEntry> below(String path) {
    String prefix = path.endsWith("/") ? path : path + "/";
    List<MountEntry> below = new ArrayList<>(entries);
    below.removeIf(entry -> !entry.mountPoint().startsWith(prefix));
    Collections.reverse(below); // of a stack, the top comes last
    below.sort((a, b) -> Integer.compare(b.mountPoint().length(), a.mountPoint().length()));
    return below;
  }

  /**
   * The mounts that one passes on the way to a path, and at its end, outermost first. Of stacked
   * mounts only the topmost.
   */
  public List<MountEntry> towards(String path) {
    List<MountEntry> towards = new ArrayList<>();
    for (MountEntry entry : entries) {
      if ((entry.holds(path) || entry.mountPoint().equals(path))
          && top(entry.mountPoint()).equals(Optional.of(entry))) {
        towards.add(entry);
      }
    }
    towards.sort((a, b) -> Integer.compare(a.mountPoint().length(), b.mountPoint().length()));
    return towards;
  }

  /** The FUSE mount that a path lies in: the one with the longest mount point, if there is one. */
  public Optional<MountEntry> fuseAbove(String path) {
    Optional<MountEntry> above = Optional.empty();
    for (MountEntry entry : entries) {
      if (entry.isFuse()
          && entry.holds(path)
          && (above.isEmpty()
              || above.get().mountPoint().length() <= entry.mountPoint().length())) {
        above = Optional.of(entry);
      }
    }
    return above;
  }

  /** Whether the mount that one sees at this path is served by a daemon. */
  public boolean isFuseMountPoint(String path) {
    for (MountEntry entry : entries) {
      if (entry.isFuse() && entry.mountPoint().equals(path)) {
        return true;
      }
    }
    return false;
  }
}
