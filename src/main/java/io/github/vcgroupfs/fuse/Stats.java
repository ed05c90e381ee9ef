package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.os.NativeMemory;
import ru.serce.jnrfuse.struct.FileStat;

/** Fills the structures of {@code stat} and {@code statvfs}. Stateless. */
final class Stats {
  private static final int BLOCK_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 255;
  private static final long NANOS = 1_000_000_000L;

  private Stats() {}

  /** Fills a {@code struct stat} that is zero; returns 0, so that an operation is one line. */
  static int fill(NativeMemory stat, Attributes attributes) {
    stat.putLong(Layout.STAT_INO, attributes.ino());
    stat.putInt(Layout.STAT_MODE, mode(attributes.type()) | attributes.mode());
    stat.putInt(Layout.STAT_NLINK, attributes.nlink());
    stat.putInt(Layout.STAT_UID, attributes.uid());
    stat.putInt(Layout.STAT_GID, attributes.gid());
    stat.putLong(Layout.STAT_SIZE, attributes.sizeBytes());
    stat.putInt(Layout.STAT_BLKSIZE, BLOCK_BYTES);
    put(stat, Layout.STAT_ATIME, attributes.times().atimeNs());
    put(stat, Layout.STAT_MTIME, attributes.times().mtimeNs());
    put(stat, Layout.STAT_CTIME, attributes.times().ctimeNs());
    return 0;
  }

  /** The file type bits: what {@code readdir} passes on as d_type. */
  static int mode(FileType type) {
    return switch (type) {
      case DIRECTORY -> FileStat.S_IFDIR;
      case FILE -> FileStat.S_IFREG;
      case LINK -> FileStat.S_IFLNK;
    };
  }

  /**
   * Fills a {@code struct statvfs} that is zero, as the kernel's cgroupfs: a block size, a name
   * length and nothing else.
   */
  static int fillVfs(NativeMemory statvfs) {
    statvfs.putLong(Layout.VFS_BSIZE, BLOCK_BYTES);
    statvfs.putLong(Layout.VFS_FRSIZE, BLOCK_BYTES);
    statvfs.putLong(Layout.VFS_NAMEMAX, MAX_NAME_BYTES);
    return 0;
  }

  private static void put(NativeMemory stat, long time, long ns) {
    stat.putLong(time, Math.floorDiv(ns, NANOS));
    stat.putLong(time + Layout.TIME_NS, Math.floorMod(ns, NANOS));
  }
}
