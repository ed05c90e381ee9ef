package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import org.jspecify.annotations.Nullable;

/** What a path leads to, in the tree of groups and the table of files. Stateless. */
final class Paths {
  private final Hierarchy tree;
  private final FileTable table;

  Paths(Hierarchy tree, FileTable table) {
    this.tree = tree;
    this.table = table;
  }

  /** The node at a path, which begins with a slash. */
  Node find(String path) {
    MemCgroup at = tree.root();
    int from = 1;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      String name = path.substring(from, slash < 0 ? path.length() : slash);
      MemCgroup child = child(at, name);
      if (child == null) {
        return slash < 0 ? leaf(path, at, name) : below(path, at, name, from);
      }
      at = child;
      from = slash < 0 ? path.length() : slash + 1;
    }
    return Node.ofGroup(path, at);
  }

  private Node leaf(String path, MemCgroup directory, String name) {
    VisibleFile file = table.find(directory.isRoot(), name);
    if (file != null) {
      return Node.ofFile(path, directory, file);
    }
    int mostBytes = tree.profile().files().maxNameBytes();
    return name.length() > mostBytes
        ? Node.ofLongName(path, directory, name, mostBytes)
        : Node.ofFreeName(path, directory, name);
  }

  /** What is below something that is no group: a file in a folder of ours, or nothing. */
  private Node below(String path, MemCgroup directory, String name, int from) {
    VisibleFile folder = table.find(directory.isRoot(), name);
    if (folder == null || !folder.isFolder()) {
      return Node.nowhere(path);
    }
    VisibleFile file = table.find(directory.isRoot(), path.substring(from));
    return file == null
        ? Node.inFolder(path, directory, folder)
        : Node.ofFile(path, directory, file);
  }

  private static @Nullable MemCgroup child(MemCgroup group, String name) {
    Cgroup child = group.cgroup().child(name);
    return child == null ? null : MemCgroup.of(child);
  }
}
