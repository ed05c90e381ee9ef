package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/** Fills the structures of {@code stat} and {@code statvfs}. Stateless. */
final class Stats {
  private static final int BLOCK_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 255;
  private static final long NANOS = 1_000_000_000L;

  private Stats() {}

  /** Returns 0, so that an operation is one line. */
  static int fill(FileStat stat, Attributes attributes) {
    stat.st_ino.set(attributes.ino());
    stat.st_mode.set(mode(attributes.type()) | attributes.mode());
    stat.st_nlink.set(attributes.nlink());
    stat.st_uid.set(attributes.uid());
    stat.st_gid.set(attributes.gid());
    stat.st_size.set(attributes.sizeBytes());
    stat.st_blksize.set(BLOCK_BYTES);
    stat.st_blocks.set(0);
    set(stat.st_atim, attributes.times().atimeNs());
    set(stat.st_mtim, attributes.times().mtimeNs());
    set(stat.st_ctim, attributes.times().ctimeNs());
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

  /** As the kernel's cgroupfs: a block size, a name length and nothing else. */
  static int fill(Statvfs statvfs) {
    statvfs.f_bsize.set(BLOCK_BYTES);
    statvfs.f_frsize.set(BLOCK_BYTES);
    statvfs.f_namemax.set(MAX_NAME_BYTES);
    statvfs.f_blocks.set(0);
    statvfs.f_bfree.set(0);
    statvfs.f_bavail.set(0);
    statvfs.f_files.set(0);
    statvfs.f_ffree.set(0);
    statvfs.f_favail.set(0);
    return 0;
  }

  private static void set(Timespec time, long ns) {
    time.tv_sec.set(Math.floorDiv(ns, NANOS));
    time.tv_nsec.set(Math.floorMod(ns, NANOS));
  }
}
