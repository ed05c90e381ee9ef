package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is open. Immutable.
 *
 * @param group the group, or the one whose folder it is
 * @param folder the folder of ours; null: the group's own directory
 */
record OpenDirectory(MemCgroup group, @Nullable VisibleFile folder) {

  /**
   * The names in it, {@code .} and {@code ..} aside; none if the group was removed. A folder of
   * ours is not among them, nor is it a link of its group: programs take every directory for a
   * group, and cgsnapshot ends at one that is none. Who knows its name finds it.
   */
  List<DirectoryEntry> entries(FileTable table) {
    List<DirectoryEntry> entries = new ArrayList<>();
    if (group.isAlive()) {
      for (VisibleFile file : table.files(group.isRoot())) {
        if (file.isIn(folder) && !file.isFolder()) {
          long ino = Inodes.number(group, file);
          entries.add(new DirectoryEntry(file.lastName(), ino, false));
        }
      }
      if (folder == null) {
        for (MemCgroup child : group.children()) {
          entries.add(new DirectoryEntry(child.cgroup().name(), Inodes.number(child), true));
        }
      }
    }
    return entries;
  }

  /** {@code .} and {@code ..}; the root is its own parent. */
  List<DirectoryEntry> dots() {
    MemCgroup parent = group.parent() == null ? group : group.parent();
    return folder == null
        ? List.of(dot(".", Inodes.number(group)), dot("..", Inodes.number(parent)))
        : List.of(dot(".", Inodes.number(group, folder)), dot("..", Inodes.number(group)));
  }

  private static DirectoryEntry dot(String name, long ino) {
    return new DirectoryEntry(name, ino, true);
  }
}
