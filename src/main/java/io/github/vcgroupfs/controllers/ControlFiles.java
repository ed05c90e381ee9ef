package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.core.CoreFiles;
import io.github.vcgroupfs.cgroupfs.core.SimFiles;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All control files there are, table after table, in the order of a directory: the door to the
 * whole user interface. A new controller adds its table here.
 *
 * <p>{@link CoreFiles}: the files of every cgroup hierarchy. {@link MemoryFiles}: those of the
 * memory controller. {@link SimFiles}: ours.
 */
public final class ControlFiles {
  private ControlFiles() {}

  /** Every row of every table, whatever the kernel and the hierarchy. */
  public static List<ControlFile> all() {
    return Stream.of(CoreFiles.rows(), MemoryFiles.rows(), SimFiles.rows())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The files of a mount of that hierarchy.
   *
   * @param served what is served in it by others than its controllers
   */
  public static FileSources of(CgroupTree tree, Map<Served, ServedFile> served) {
    Map<Served, ServedFile> together =
        new HashMap<>(MemoryFiles.served(tree.controller(MemoryController.class)));
    together.putAll(served);
    return new FileSources(all(), together);
  }
}
