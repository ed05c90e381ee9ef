package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import org.jspecify.annotations.Nullable;

/**
 * Makes, removes and renames groups. It checks names and places in the file system; the hierarchy
 * then applies its own rules. Thread-safe.
 */
final class GroupCalls {
  private static final int DIRECTORY_PERMISSIONS = 0777;

  private final MountFiles mount;
  private final CgroupTree tree;

  GroupCalls(MountFiles mount) {
    this.mount = mount;
    this.tree = mount.tree();
  }

  /** Makes a group where the node leads; the caller owns it. */
  Cgroup mkdir(Node node, Caller caller, int mode, long nowNs) throws ErrnoException {
    String name = node.requireAbsent();
    Cgroup parent = node.groupOrThrow();
    Cgroup made = mount.makeGroup(parent, name, mode & DIRECTORY_PERMISSIONS, caller, nowNs);
    childrenChanged(parent, nowNs);
    return made;
  }

  /** Removes a group. */
  Cgroup rmdir(Node node, long nowNs) throws ErrnoException {
    Cgroup group = node.requireDirectory();
    Cgroup parent = group.parent();
    tree.rmdir(group);
    if (parent != null) {
      childrenChanged(parent, nowNs);
    }
    return group;
  }

  private void childrenChanged(Cgroup parent, long nowNs) {
    if (tree.profile().has(KernelFeature.KERNFS_TIMES)) {
      mount.inodes().of(parent).childrenChanged(nowNs);
    }
  }

  /** Renames a group below the same parent: {@code cgroup_rename}. */
  Cgroup rename(Node source, Node target) throws ErrnoException {
    source.requireExists();
    String path = target.path();
    TreeRules.requireOneLine(tree.profile(), path.substring(path.lastIndexOf('/') + 1));
    Cgroup group = source.requireDirectory();
    if (target.isDirectory() && group == target.group()) {
      return group; // its own name
    }
    if (target.file() != null) {
      throw new ErrnoException(
          Errno.ENOTDIR,
          "a group cannot take the place of the control file %s: take another name"
              .formatted(target.path()));
    }
    if (target.isDirectory() && tree.profile().has(KernelFeature.RENAME_ASKS_PARENT_FIRST)) {
      requireSameParent(group, target.groupOrThrow().parent());
    }
    String name = target.requireAbsent();
    requireSameParent(group, target.group());
    tree.rename(group, name);
    return group;
  }

  private static void requireSameParent(Cgroup group, @Nullable Cgroup parent)
      throws ErrnoException {
    if (group.parent() != parent) {
      throw new ErrnoException(Errno.EIO, "a group can only get another name, not another parent");
    }
  }

  /** A group does not go to another hierarchy. */
  static ErrnoException leaving(String to) {
    return new ErrnoException(
        Errno.EXDEV,
        "%s is in another hierarchy: a group stays in the one where it was made".formatted(to));
  }

  /** For names that only the kernel makes and removes. */
  static ErrnoException refusal(Errno errno) {
    return new ErrnoException(
        errno, "control files come and go with their group: mkdir and rmdir are all there is");
  }
}
