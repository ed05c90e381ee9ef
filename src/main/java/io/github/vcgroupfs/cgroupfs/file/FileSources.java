package io.github.vcgroupfs.cgroupfs.file;

import java.util.List;
import java.util.Map;

/**
 * Where the files of a mount come from. Immutable.
 *
 * @param rows all rows, in the order of a directory; those that the profile does not have, and
 *     those that nobody serves, are left out later
 * @param served what other packages serve
 * @param hierarchyIndex which of the hierarchies of the mount it is, from 0: their inode numbers
 *     differ by it
 */
public record FileSources(
    List<ControlFile> rows, Map<Served, ServedFile> served, int hierarchyIndex) {
  /** Copies both. */
  public FileSources {
    rows = List.copyOf(rows);
    served = Map.copyOf(served);
  }

  /** The files of the only hierarchy of a mount, or of its first one. */
  public FileSources(List<ControlFile> rows, Map<Served, ServedFile> served) {
    this(rows, served, 0);
  }

  /** The same files, in another hierarchy of the mount. */
  public FileSources ofHierarchy(int index) {
    return new FileSources(rows, served, index);
  }
}
