package io.github.vcgroupfs.cgroupfs.file;

import java.util.List;
import java.util.Map;

/**
 * Where the files of a mount come from. Immutable.
 *
 * @param rows all rows, in the order in which a directory lists them; those that the profile does
 *     not have, and those that nobody serves, are left out later
 * @param served the files whose text comes from other packages
 * @param hierarchyIndex which hierarchy of the mount this is, counted from 0; it is a part of inode
 *     numbers
 */
public record FileSources(
    List<ControlFile> rows, Map<Served, ServedFile> served, int hierarchyIndex) {
  /** Copies both. */
  public FileSources {
    rows = List.copyOf(rows);
    served = Map.copyOf(served);
  }

  /** The files of the only hierarchy of a mount, or of the first one. */
  public FileSources(List<ControlFile> rows, Map<Served, ServedFile> served) {
    this(rows, served, 0);
  }

  /** The same files, for another hierarchy of the mount. */
  public FileSources ofHierarchy(int index) {
    return new FileSources(rows, served, index);
  }
}
