package io.github.vcgroupfs.cgroupfs.path;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;

/** Finds what a path leads to, in the tree of groups and in the table of files. Has no state. */
public final class Paths {
  private final CgroupTree tree;
  private final FileTable table;

  /** Finds paths in this tree, with these files in its groups. */
  public Paths(CgroupTree tree, FileTable table) {
    this.tree = tree;
    this.table = table;
  }

  /** What a path leads to. The path begins with a slash. */
  public Node find(String path) {
    Cgroup at = tree.root();
    int from = 1;
    while (from < path.length()) {
      int slash = path.indexOf('/', from);
      String name = path.substring(from, slash < 0 ? path.length() : slash);
      Cgroup child = at.child(name);
      if (child == null) {
        return slash < 0 ? leaf(path, at, name) : below(path, at, name, from);
      }
      at = child;
      from = slash < 0 ? path.length() : slash + 1;
    }
    return Node.ofGroup(path, at);
  }

  private Node leaf(String path, Cgroup directory, String name) {
    VisibleFile file = table.find(directory.isRoot(), name);
    if (file != null) {
      return Node.ofFile(path, directory, file);
    }
    int mostBytes = tree.profile().files().maxNameBytes();
    return name.length() > mostBytes
        ? Node.ofLongName(path, directory, name, mostBytes)
        : Node.ofFreeName(path, directory, name);
  }

  /**
   * What is below something that is not a group: a file in a folder of {@code sim.*} files, or
   * nothing.
   */
  private Node below(String path, Cgroup directory, String name, int from) {
    VisibleFile folder = table.find(directory.isRoot(), name);
    if (folder == null || !folder.isFolder()) {
      return Node.nowhere(path);
    }
    VisibleFile file = table.find(directory.isRoot(), path.substring(from));
    return file == null
        ? Node.inFolder(path, directory, folder)
        : Node.ofFile(path, directory, file);
  }
}
