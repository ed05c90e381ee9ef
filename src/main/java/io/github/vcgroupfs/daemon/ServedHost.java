package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.hostview.V1Layout;
import io.github.vcgroupfs.hostview.V1Texts;
import io.github.vcgroupfs.supervisor.VirtualHost;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine whose cgroup v1 are the hierarchies that this process serves. Thread-safe. */
final class ServedHost implements VirtualHost {
  private final V1Layout layout;
  private final String device;
  private final Map<ShownHierarchy, CgroupTree> trees = new HashMap<>();
  private final Map<ShownHierarchy, Path> places = new HashMap<>();

  /**
   * A machine with this layout.
   *
   * @param hierarchies in the order of the layout
   * @param device the number of the mount, {@code major:minor}
   */
  ServedHost(V1Layout layout, List<ServedHierarchy> hierarchies, String device) {
    this.layout = layout;
    this.device = device;
    for (int i = 0; i < hierarchies.size(); i++) {
      V1Layout.Placed placed = layout.placed().get(i);
      trees.put(placed.shown(), hierarchies.get(i).tree());
      places.put(placed.shown(), placed.place());
    }
  }

  @Override
  public V1Texts texts() {
    return layout.texts();
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public String groupOf(ShownHierarchy hierarchy, int tid) {
    CgroupTree tree = tree(hierarchy);
    Cgroup group = tree.membership().groupOf(tree.root(), tid);
    return group == null ? "/" : group.path();
  }

  @Override
  public int groups(ShownHierarchy hierarchy) {
    return count(tree(hierarchy).root());
  }

  @Override
  public Path place(ShownHierarchy hierarchy) {
    Path place = places.get(hierarchy);
    if (place == null) {
      throw new IllegalArgumentException("%s is not of this machine".formatted(hierarchy));
    }
    return place;
  }

  private CgroupTree tree(ShownHierarchy hierarchy) {
    CgroupTree tree = trees.get(hierarchy);
    if (tree == null) {
      throw new IllegalArgumentException("%s is not of this machine".formatted(hierarchy));
    }
    return tree;
  }

  private static int count(Cgroup group) {
    int groups = 1;
    for (Cgroup child : group.children()) {
      groups += count(child);
    }
    return groups;
  }
}
