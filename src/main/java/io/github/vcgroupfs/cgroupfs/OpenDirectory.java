package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is open. Immutable.
 *
 * @param group the group, or the group that has the folder
 * @param folder the folder of {@code sim.*} files; null: the group's own directory
 */
record OpenDirectory(Cgroup group, @Nullable VisibleFile folder) {

  /**
   * The names in it, {@code .} and {@code ..} aside; none if the group was removed. A folder of
   * ours is not among them, nor is it a link of its group: programs take every directory for a
   * group, and cgsnapshot ends at one that is none. Who knows its name finds it.
   */
  List<DirectoryEntry> entries(MountFiles mount) {
    Inodes inodes = mount.inodes();
    List<DirectoryEntry> entries = new ArrayList<>();
    if (group.isAlive()) {
      for (VisibleFile file : mount.table().files(group.isRoot())) {
        if (file.isIn(folder) && !file.isFolder()) {
          long ino = inodes.number(group, file);
          entries.add(new DirectoryEntry(file.lastName(), ino, FileType.FILE));
        }
      }
      if (folder == null) {
        for (Cgroup child : group.children()) {
          entries.add(new DirectoryEntry(child.name(), inodes.number(child), FileType.DIRECTORY));
        }
      }
    }
    return entries;
  }

  /** {@code .} and {@code ..}; the root is its own parent. */
  List<DirectoryEntry> dots(Inodes inodes) {
    Cgroup parent = group.parent() == null ? group : group.parent();
    return folder == null
        ? List.of(dot(".", inodes.number(group)), dot("..", inodes.number(parent)))
        : List.of(dot(".", inodes.number(group, folder)), dot("..", inodes.number(group)));
  }

  private static DirectoryEntry dot(String name, long ino) {
    return new DirectoryEntry(name, ino, FileType.DIRECTORY);
  }
}
