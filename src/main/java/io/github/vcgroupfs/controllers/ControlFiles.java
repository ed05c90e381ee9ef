package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
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
 * All control files there are, table after table, in the order of a directory: the door to the
 * whole user interface.
 *
 * <p>{@link CoreFiles}: the files of every cgroup hierarchy. Then those of each controller, {@link
 * MemoryFiles} first. {@link SimFiles}: ours.
 */
public final class ControlFiles {
  private ControlFiles() {}

  /** Every row of every table, whatever the kernel and the hierarchy. */
  public static List<ControlFile> all() {
    return rows(Controllers.ALL);
  }

  private static List<ControlFile> rows(List<ControllerKind> controllers) {
    List<ControlFile> rows = new ArrayList<>(CoreFiles.rows());
    controllers.forEach(each -> rows.addAll(each.files()));
    rows.addAll(SimFiles.rows());
    return rows;
  }

  /**
   * The files of a hierarchy: of cgroup core, of its controllers, and ours.
   *
   * @param served what is served in it by others than its controllers
   */
  public static FileSources of(CgroupTree tree, Map<Served, ServedFile> served) {
    List<ControllerKind> kinds =
        tree.controllers().stream()
            .map(each -> Controllers.byName(each.name()).orElseThrow())
            .toList();
    Map<Served, ServedFile> together = new EnumMap<>(Served.class);
    kinds.forEach(each -> together.putAll(each.server().files(tree)));
    together.putAll(served);
    return new FileSources(rows(kinds), together);
  }
}
