package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroupfs.core.CoreFiles;
import io.github.vcgroupfs.cgroupfs.core.SimFiles;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All control files, in the order in which a directory lists them. The user interface of a mount is
 * made of these.
 *
 * <p>First come the files of every hierarchy ({@link CoreFiles}), then those of each controller
 * ({@link MemoryFiles} first), and last our own ({@link SimFiles}).
 */
public final class ControlFiles {
  private ControlFiles() {}

  /** Every row of every table, for all kernels and controllers. */
  public static List<ControlFile> all() {
    List<ControlFile> rows = new ArrayList<>();
    for (ControllerKind each : Controllers.ALL) {
      rows.addAll(each.files());
    }
    return together(rows);
  }

  private static List<ControlFile> together(List<ControlFile> ofControllers) {
    List<ControlFile> rows = new ArrayList<>(CoreFiles.rows());
    rows.addAll(ofControllers);
    rows.addAll(SimFiles.rows());
    return rows;
  }

  /**
   * The files of one hierarchy: those of cgroup core, of its controllers, and our own.
   *
   * @param served the files that are served in it by others than its controllers
   */
  public static FileSources of(CgroupTree tree, Map<Served, ServedFile> served) {
    // Loops and no streams: they are on the way of every start.
    Map<Served, ServedFile> all = new EnumMap<>(Served.class);
    List<ControlFile> shown = new ArrayList<>();
    for (Controller each : tree.controllers()) {
      ControllerKind kind = Controllers.byName(each.name()).orElseThrow();
      all.putAll(kind.served(tree));
      for (ControlFile row : kind.files()) {
        if (kind.shows(row, tree)) {
          shown.add(row);
        }
      }
    }
    all.putAll(served);
    return new FileSources(together(shown), all);
  }
}
