package io.github.vcgroupfs.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one look has seen: all groups at about the same time. Immutable. */
public final class Snapshot {
  private final long timeMs;
  private final long tookNs;
  private final List<GroupSample> groups;
  private final Map<String, GroupSample> byPath;

  /**
   * What was seen.
   *
   * @param timeMs when the look began, milliseconds since the epoch
   * @param tookNs how long it took, nanoseconds
   * @param groups in the order of the tree
   */
  Snapshot(long timeMs, long tookNs, List<GroupSample> groups) {
    this.timeMs = timeMs;
    this.tookNs = tookNs;
    this.groups = List.copyOf(groups);
    Map<String, GroupSample> paths = new HashMap<>(groups.size() * 2);
    groups.forEach(each -> paths.put(each.path(), each));
    this.byPath = paths;
  }

  /** When the look began, milliseconds since the epoch. */
  public long timeMs() {
    return timeMs;
  }

  /** How long it took, nanoseconds. */
  public long tookNs() {
    return tookNs;
  }

  /**
   * The groups that the one who looks may see, in the order of the tree: parents before their
   * children, children by name. The first is the directory that is watched.
   */
  public List<GroupSample> groups() {
    return groups;
  }

  /** The group at this path, if it was seen. */
  public Optional<GroupSample> group(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
