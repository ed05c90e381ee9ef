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
import java.util.stream.Stream;

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
    return together(Controllers.ALL.stream().flatMap(each -> each.files().stream()));
  }

  private static List<ControlFile> together(Stream<ControlFile> ofControllers) {
    List<ControlFile> rows = new ArrayList<>(CoreFiles.rows());
    ofControllers.forEach(rows::add);
    rows.addAll(SimFiles.rows());
    return rows;
  }

  /**
   * The files of one hierarchy: those of cgroup core, of its controllers, and our own.
   *
   * @param served the files that are served in it by others than its controllers
   */
  public static FileSources of(CgroupTree tree, Map<Served, ServedFile> served) {
    List<ControllerKind> kinds =
        tree.controllers().stream()
            .map(each -> Controllers.byName(each.name()).orElseThrow())
            .toList();
    Map<Served, ServedFile> all = new EnumMap<>(Served.class);
    kinds.forEach(each -> all.putAll(each.server().files(tree)));
    all.putAll(served);
    Stream<ControlFile> shown =
        kinds.stream()
            .flatMap(kind -> kind.files().stream().filter(row -> kind.server().shows(row, tree)));
    return new FileSources(together(shown), all);
  }
}
