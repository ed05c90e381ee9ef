package io.github.vcgroupfs.cgroupfs.inode;

import io.github.vcgroupfs.cgroup.Cgroup;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The inodes of one hierarchy of a mount. A directory gets an inode when it is made. A control file
 * gets one when somebody changes it. Until then it has the mode of its row and the owner of its
 * directory's creator. So a hundred thousand groups cost a hundred thousand inodes and not two
 * million. Thread-safe.
 *
 * <p>An inode number has three parts, from the low bits to the high ones: the index of the file in
 * its directory (12 bits), the id of the group (36 bits), and the index of the hierarchy. Group ids
 * are never used twice, so inode numbers are not either. The first part is small so that the
 * numbers of the first million groups fit into 32 bits. Older programs cannot handle more.
 */
public final class Inodes {
  /** The bits of an inode number that say which file of a directory it is. */
  private static final int INDEX_BITS = 12;

  /** Above the index and the id of the group. */
  private static final int HIERARCHY_SHIFT = 48;

  /** The highest index that a file can have. */
  public static final int MAX_INDEX = (1 << INDEX_BITS) - 1;

  private static final int MAX_HIERARCHY_INDEX = (1 << (Long.SIZE - 1 - HIERARCHY_SHIFT)) - 1;
  private static final long MAX_GROUP_ID = (1L << (HIERARCHY_SHIFT - INDEX_BITS)) - 1;

  private final long hierarchyIndex;
  private final Map<Long, Directory> directories = new ConcurrentHashMap<>();

  /** Inodes of the only hierarchy of a mount, or of its first one. */
  public Inodes() {
    this(0);
  }

  /**
   * The inodes of one of several hierarchies that share a mount.
   *
   * @param hierarchyIndex which hierarchy, 0 to 32767; no two hierarchies of a mount have the same
   */
  public Inodes(int hierarchyIndex) {
    if (hierarchyIndex < 0 || hierarchyIndex > MAX_HIERARCHY_INDEX) {
      throw new IllegalArgumentException(
          "a mount has hierarchies 0 to %d, not %d".formatted(MAX_HIERARCHY_INDEX, hierarchyIndex));
    }
    this.hierarchyIndex = hierarchyIndex;
  }

  /** The inode number of a group's directory. */
  public long number(Cgroup group) {
    return hierarchyIndex << HIERARCHY_SHIFT | group.id() << INDEX_BITS;
  }

  /** The inode number of a control file. */
  public long number(Cgroup group, IndexedFile file) {
    return number(group) | file.index();
  }

  /**
   * The {@link IndexedFile#index} that is in an inode number. 0 for a directory, -1 for a number
   * that does not belong to this hierarchy.
   */
  public int index(long ino) {
    return ino >>> HIERARCHY_SHIFT == hierarchyIndex ? (int) ino & MAX_INDEX : -1;
  }

  /** Whether this is the inode number of a group's directory or of a file in it. */
  public boolean isIn(Cgroup group, long ino) {
    return ino >>> INDEX_BITS == number(group) >>> INDEX_BITS;
  }

  /** Records who made a group, when, and with which mode. */
  public void created(Cgroup group, int mode, int uid, int gid, long nowNs) {
    directories.put(group.id(), new Directory(new Inode(mode, uid, gid, nowNs), uid, gid, nowNs));
  }

  /**
   * Forgets a group that was removed.
   *
   * @return the user who made it; nothing if it was forgotten before, or is not known yet
   */
  public OptionalInt removed(Cgroup group) {
    Directory directory = directories.remove(group.id());
    return directory == null ? OptionalInt.empty() : OptionalInt.of(directory.creatorUid);
  }

  /** The inode of a directory. */
  public Inode of(Cgroup group) {
    return directory(group.id()).inode;
  }

  /** The inode of a control file, to be changed. It is made if nobody has changed the file yet. */
  public Inode changeable(Cgroup group, IndexedFile file) {
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

  /**
   * The inode of a control file, only to be read. It is not kept if nobody has changed the file.
   */
  public Inode readable(Cgroup group, IndexedFile file) {
    return readable(directory(group.id()), file);
  }

  /** Mode and owner of the control file with this inode number. The size is left out. */
  public Attributes attributes(long ino, IndexedFile file) {
    return readable(directory(ino >>> INDEX_BITS & MAX_GROUP_ID), file)
        .attributes(ino, FileType.FILE, 1, 0);
  }

  private static Inode readable(Directory directory, IndexedFile file) {
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

    Inode fresh(IndexedFile file) {
      return new Inode(file.mode(), creatorUid, creatorGid, bornNs);
    }
  }
}
