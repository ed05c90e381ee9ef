package io.github.vcgroupfs.fuse;

import jnr.ffi.Struct;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseContext;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;

/**
 * Where the fields of libfuse's and libc's structures are on this machine, in bytes: as jnr-fuse
 * has them, which knows the machines apart. It is asked once, not with every call: its structures
 * are objects with an object for every field. Immutable.
 */
final class Layout {
  private static final FieldTypes TYPES = new FieldTypes();
  private static final FileStat FILE_STAT = new FileStat(TYPES);
  private static final Statvfs STATVFS = new Statvfs(TYPES);
  private static final FuseFileInfo FILE = new FuseFileInfo(TYPES) {};
  private static final FuseContext CONTEXT = new FuseContext(TYPES);

  static final int STAT_BYTES = Struct.size(FILE_STAT);
  static final long STAT_INO = FILE_STAT.st_ino.offset();
  static final long STAT_MODE = FILE_STAT.st_mode.offset();
  static final long STAT_NLINK = FILE_STAT.st_nlink.offset();
  static final long STAT_UID = FILE_STAT.st_uid.offset();
  static final long STAT_GID = FILE_STAT.st_gid.offset();
  static final long STAT_SIZE = FILE_STAT.st_size.offset();
  static final long STAT_BLKSIZE = FILE_STAT.st_blksize.offset();
  static final long STAT_BLOCKS = FILE_STAT.st_blocks.offset();

  static final long STAT_ATIME = FILE_STAT.st_atim.tv_sec.offset();
  static final long STAT_MTIME = FILE_STAT.st_mtim.tv_sec.offset();
  static final long STAT_CTIME = FILE_STAT.st_ctim.tv_sec.offset();

  /** In a time: the nanoseconds, behind the seconds. */
  static final long TIME_NS = FILE_STAT.st_atim.tv_nsec.offset() - STAT_ATIME;

  static final long TIME_BYTES = STAT_MTIME - STAT_ATIME;

  static final long VFS_BSIZE = STATVFS.f_bsize.offset();
  static final long VFS_FRSIZE = STATVFS.f_frsize.offset();
  static final long VFS_NAMEMAX = STATVFS.f_namemax.offset();
  static final int VFS_BYTES = Struct.size(STATVFS);

  static final long FILE_FLAGS = FILE.flags.offset();
  static final long FILE_HANDLE = FILE.fh.offset();

  static final long CALLER_UID = CONTEXT.uid.offset();
  static final long CALLER_GID = CONTEXT.gid.offset();
  static final long CALLER_PID = CONTEXT.pid.offset();

  private Layout() {}
}
