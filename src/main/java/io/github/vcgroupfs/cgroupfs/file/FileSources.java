package io.github.vcgroupfs.cgroupfs.file;

import java.util.List;
import java.util.Map;

/**
 * Where the files of a mount come from. Immutable.
 *
 * @param rows all rows, in the order of a directory; those that the profile does not have, and
 *     those that nobody serves, are left out later
 * @param served what other packages serve
 */
public record FileSources(List<ControlFile> rows, Map<Served, ServedFile> served) {
  /** Copies both. */
  public FileSources {
    rows = List.copyOf(rows);
    served = Map.copyOf(served);
  }
}
