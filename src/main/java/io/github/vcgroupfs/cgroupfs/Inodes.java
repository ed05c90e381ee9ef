package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The inodes of a mount. A directory has one from mkdir on; a control file gets one when somebody
 * changes it, and until then has the mode of its row and the owner of its directory's creator. So a
 * hundred thousand groups cost a hundred thousand inodes and not two million. Thread-safe.
 */
final class Inodes {
  /** Names a directory can hold: the low bits of an inode number. */
  private static final int INDEX_BITS = 8;

  private final Map<Long, Directory> directories = new ConcurrentHashMap<>();

  /** The inode number of a group's directory. */
  static long number(MemCgroup group) {
    return group.id() << INDEX_BITS;
  }

  /** The inode number of a control file. */
  static long number(MemCgroup group, VisibleFile file) {
    return number(group) | file.index();
  }

  /** The {@link VisibleFile#index} in an inode number; 0 for a directory. */
  static int index(long ino) {
    return (int) ino & ((1 << INDEX_BITS) - 1);
  }

  /** Whether that is the inode number of a group's directory or of a file in it. */
  static boolean isIn(MemCgroup group, long ino) {
    return ino >>> INDEX_BITS == group.id();
  }

  /** Takes down who made a group, when and with which mode. */
  void created(MemCgroup group, int mode, int uid, int gid, long nowNs) {
    directories.put(group.id(), new Directory(new Inode(mode, uid, gid, nowNs), uid, gid, nowNs));
  }

  /** Forgets a group. */
  void removed(MemCgroup group) {
    directories.remove(group.id());
  }

  /** The inode of a directory. */
  Inode of(MemCgroup group) {
    return directory(group.id()).inode;
  }

  /** The inode of a control file, made if nobody changed it yet. */
  Inode changeable(MemCgroup group, VisibleFile file) {
    Directory directory = directory(group.id());
    Map<Integer, Inode> files = directory.files;
    if (files == null) {
      synchronized (directory) {
        files = directory.files;
        if (files == null) {
          files = new ConcurrentHashMap<>(4);
          directory.files = files;
        }
      }
    }
    return files.computeIfAbsent(file.index(), index -> directory.fresh(file));
  }

  /** The inode of a control file to look at; not kept if nobody changed it. */
  Inode readable(MemCgroup group, VisibleFile file) {
    return readable(directory(group.id()), file);
  }

  /** Mode and owner of a control file by its number; the size is left out. */
  Attributes attributes(long ino, VisibleFile file) {
    return readable(directory(ino >>> INDEX_BITS), file).attributes(ino, false, 1, 0);
  }

  private static Inode readable(Directory directory, VisibleFile file) {
    Map<Integer, Inode> files = directory.files;
    Inode changed = files == null ? null : files.get(file.index());
    return changed == null ? directory.fresh(file) : changed;
  }

  private Directory directory(long id) {
    Directory directory = directories.get(id);
    // Between rmdir and the end of a call that had found the group before: attributes nobody keeps.
    return directory == null ? new Directory(new Inode(0, 0, 0, 0), 0, 0, 0) : directory;
  }

  private static final class Directory {
    private final Inode inode;
    private final int creatorUid;
    private final int creatorGid;
    private final long bornNs;
    private volatile @Nullable Map<Integer, Inode> files;

    Directory(Inode inode, int creatorUid, int creatorGid, long bornNs) {
      this.inode = inode;
      this.creatorUid = creatorUid;
      this.creatorGid = creatorGid;
      this.bornNs = bornNs;
    }

    Inode fresh(VisibleFile file) {
      return new Inode(file.mode(), creatorUid, creatorGid, bornNs);
    }
  }
}
