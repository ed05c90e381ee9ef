package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The calls that a file system of control groups answers, by path and by handle, as a FUSE server
 * is asked for them: of one hierarchy ({@link CgroupFs}), or of several in one mount ({@link
 * HierarchiesFs}).
 *
 * <p>Paths begin with a slash and have one char a byte. Any thread. Every call but the two that
 * give a handle back may throw {@link ErrnoException}; then nothing has changed.
 */
public interface FileCalls {
  /** {@code stat}; who asks is looked up only where that makes a difference. */
  Attributes getattr(Supplier<Caller> caller, String path) throws ErrnoException;

  /** {@code fstat} of an open control file. */
  Attributes fgetattr(Supplier<Caller> caller, long handle) throws ErrnoException;

  /** What a symbolic link leads to. */
  String readlink(String path) throws ErrnoException;

  /** Opens a directory; returns its handle. */
  long opendir(Caller caller, String path) throws ErrnoException;

  /** The names in an open directory, {@code .} and {@code ..} aside; none if it was removed. */
  List<DirectoryEntry> readdir(long handle) throws ErrnoException;

  /** {@code .} and {@code ..} of an open directory; the root is its own parent. */
  List<DirectoryEntry> dots(long handle) throws ErrnoException;

  /** Gives a directory handle back. */
  void releasedir(long handle);

  /** Opens a control file; returns its handle. */
  long open(Caller caller, String path, OpenFlags flags) throws ErrnoException;

  /** Reads from an open file: at most that many bytes of its text. */
  byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException;

  /** Writes to an open file: one write is one command. Returns the bytes taken, which is all. */
  int write(Caller caller, long handle, byte[] written) throws ErrnoException;

  /** Whether poll(2) on an open file says that it changed: PRI and ERR. Data is always ready. */
  boolean hasNews(long handle) throws ErrnoException;

  /** Gives a file handle back. */
  void release(long handle);

  /**
   * {@code truncate} of a control file: it changes the time, and in some kernels the size that
   * {@code stat} shows; what the file holds stays as it is.
   *
   * @param sizeBytes the new size, 0 or more
   */
  void truncate(Caller caller, String path, long sizeBytes) throws ErrnoException;

  /** {@code ftruncate} of an open control file: as {@link #truncate}. */
  void ftruncate(long handle, long sizeBytes) throws ErrnoException;

  /** {@code fsync} of an open control file: there is nothing to store. */
  void fsync(Caller caller, long handle) throws ErrnoException;

  /** Makes a group. */
  void mkdir(Caller caller, String path, int mode) throws ErrnoException;

  /** Removes a group. */
  void rmdir(Caller caller, String path) throws ErrnoException;

  /** Renames a group. */
  void rename(Caller caller, String from, String to) throws ErrnoException;

  /** A call that no file system of control groups carries out: each has its errno. */
  void refuse(Caller caller, FsCall call, String path) throws ErrnoException;

  /** {@code mknod}, which is refused, too. */
  void mknod(Caller caller, String path, boolean regular) throws ErrnoException;

  /** Changes permission bits. */
  void chmod(Caller caller, String path, int mode) throws ErrnoException;

  /** Changes owner and group; -1 leaves one as it is. */
  void chown(Caller caller, String path, int uid, int gid) throws ErrnoException;

  /** Sets access and modification time, nanoseconds since the epoch. */
  void utimens(Caller caller, String path, long atimeNs, long mtimeNs) throws ErrnoException;

  /** Sets an extended attribute; flags as in setxattr(2). */
  void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException;

  /** An extended attribute. */
  byte[] getxattr(Caller caller, String path, String name) throws ErrnoException;

  /** The names of the extended attributes. */
  List<String> listxattr(Caller caller, String path) throws ErrnoException;

  /** Removes an extended attribute. */
  void removexattr(Caller caller, String path, String name) throws ErrnoException;

  /** The time of now, nanoseconds since the epoch: what UTIME_NOW of {@code utimensat} means. */
  long nowNs();

  /** The path of a directory in which somebody finds a control file that can be read. */
  String someGroup();
}
