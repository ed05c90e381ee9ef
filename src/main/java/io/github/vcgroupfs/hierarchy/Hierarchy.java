package io.github.vcgroupfs.hierarchy;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.HierarchiesFs;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.traffic.Traffic;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hierarchy with what belongs to it on any machine: groups, traffic, and the files. {@link
 * #close} ends the traffic. Thread-safe.
 */
public final class Hierarchy implements AutoCloseable {
  private final HierarchySpec spec;
  private final CgroupTree tree;

  /** Null where there is no memory to charge. */
  private final @Nullable Traffic traffic;

  private final CgroupFs files;

  /**
   * A hierarchy that nobody sees yet. It has only its root.
   *
   * @param index which one of several that are served together
   */
  public Hierarchy(HierarchySpec spec, int index, Parts parts) {
    this.spec = spec;
    this.tree = spec.make(parts.around(), parts.members().membership(), parts.members().notifier());
    Map<Served, ServedFile> served = new EnumMap<>(Served.class);
    if (hasMemory()) {
      Traffic made = parts.traffic().apply(tree);
      this.traffic = made;
      served.putAll(made.files());
      served.putAll(parts.extra().apply(tree));
    } else {
      this.traffic = null;
    }
    this.files =
        new CgroupFs(
            tree,
            ControlFiles.of(tree, served).ofHierarchy(index),
            parts.view().sizeMode(),
            parts.view().sharing(),
            parts.view().clock(),
            parts.faults());
  }

  /** What is to be served: the only hierarchy, or a directory with all of them. */
  public static FileCalls together(List<Hierarchy> hierarchies, Caller owner) {
    if (hierarchies.size() == 1) {
      return hierarchies.get(0).files();
    }
    return new HierarchiesFs(
        hierarchies.stream()
            .map(
                each ->
                    new HierarchiesFs.Hierarchy(
                        each.spec.directory(), each.spec.links(), each.files))
            .toList(),
        owner);
  }

  /** What it was made from. */
  public HierarchySpec spec() {
    return spec;
  }

  /** Whether it has the memory controller. */
  public boolean hasMemory() {
    return spec.has(MemoryController.NAME);
  }

  /** Its groups, for who does not come through files. */
  public CgroupTree tree() {
    return tree;
  }

  /** Its traffic; null where there is no memory to charge. */
  public @Nullable Traffic traffic() {
    return traffic;
  }

  /** Its groups and files. */
  public CgroupFs files() {
    return files;
  }

  /** Ends the traffic. */
  @Override
  public void close() {
    if (traffic != null) {
      traffic.close();
    }
  }
}
