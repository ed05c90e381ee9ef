package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The calls that a file system of control groups answers, by path and by handle. A FUSE server
 * makes them. There are two implementations: {@link CgroupFs} for one hierarchy, and {@link
 * HierarchiesFs} for several hierarchies in one mount.
 *
 * <p>Paths begin with a slash and have one char for each byte. Any thread may call. Every call
 * except {@code release} and {@code releasedir} may throw {@link ErrnoException}; then nothing has
 * changed.
 */
public interface FileCalls {
  /** {@code stat}. The caller is looked up only if the answer depends on who asks. */
  Attributes getattr(Supplier<Caller> caller, String path) throws ErrnoException;

  /** {@code fstat} of an open control file. */
  Attributes fgetattr(Supplier<Caller> caller, long handle) throws ErrnoException;

  /** The path that a symbolic link points to. */
  String readlink(String path) throws ErrnoException;

  /**
   * Opens a directory.
   *
   * @return its handle
   */
  long opendir(Caller caller, String path) throws ErrnoException;

  /**
   * The names in an open directory, without {@code .} and {@code ..}. Empty if the directory was
   * removed.
   */
  List<DirectoryEntry> readdir(long handle) throws ErrnoException;

  /** The entries {@code .} and {@code ..} of an open directory. The root is its own parent. */
  List<DirectoryEntry> dots(long handle) throws ErrnoException;

  /** Closes a directory: its handle is not used again. */
  void releasedir(long handle);

  /**
   * Opens a control file.
   *
   * @return its handle
   */
  long open(Caller caller, String path, OpenFlags flags) throws ErrnoException;

  /**
   * Reads from an open file.
   *
   * @param offset where to begin, in bytes
   * @param sizeBytes the most bytes to return
   */
  byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException;

  /**
   * Writes to an open file. One write is one command.
   *
   * @return the number of bytes taken, which is always all of them
   */
  int write(Caller caller, long handle, byte[] written) throws ErrnoException;

  /** Whether poll(2) on an open file reports a change: PRI and ERR. Data can always be read. */
  boolean hasNews(long handle) throws ErrnoException;

  /** {@code lseek} on an open control file: some kernels answer with an error. */
  void llseek(long handle) throws ErrnoException;

  /** Closes a file: its handle is not used again. */
  void release(long handle);

  /**
   * {@code truncate} of a control file. It changes the file's time, and in some kernels the size
   * that {@code stat} shows. It never changes what the file contains.
   *
   * @param sizeBytes the new size, 0 or more
   */
  void truncate(Caller caller, String path, long sizeBytes) throws ErrnoException;

  /** {@code ftruncate} of an open control file: the same as {@link #truncate}. */
  void ftruncate(long handle, long sizeBytes) throws ErrnoException;

  /**
   * {@code fsync} of an open control file. Nothing is stored; some kernels answer with an error.
   */
  void fsync(Caller caller, long handle) throws ErrnoException;

  /** Makes a group. */
  void mkdir(Caller caller, String path, int mode) throws ErrnoException;

  /** Removes a group. */
  void rmdir(Caller caller, String path) throws ErrnoException;

  /** Renames a group. */
  void rename(Caller caller, String from, String to) throws ErrnoException;

  /**
   * A call that a file system of control groups never carries out, such as {@code unlink}. It
   * always throws, with the errno that the kernel uses for that call.
   */
  void refuse(Caller caller, FsCall call, String path) throws ErrnoException;

  /**
   * {@code mknod}, which is always refused.
   *
   * @param regular whether a regular file is wanted
   */
  void mknod(Caller caller, String path, boolean regular) throws ErrnoException;

  /** Changes the permission bits. */
  void chmod(Caller caller, String path, int mode) throws ErrnoException;

  /** Changes owner and group. An id of -1 stays as it is. */
  void chown(Caller caller, String path, int uid, int gid) throws ErrnoException;

  /** Sets the times of access and modification, in nanoseconds since the epoch. */
  void utimens(Caller caller, String path, long atimeNs, long mtimeNs) throws ErrnoException;

  /**
   * Sets an extended attribute.
   *
   * @param flags as in setxattr(2)
   */
  void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException;

  /** The value of an extended attribute. */
  byte[] getxattr(Caller caller, String path, String name) throws ErrnoException;

  /** The names of the extended attributes. */
  List<String> listxattr(Caller caller, String path) throws ErrnoException;

  /** Removes an extended attribute. */
  void removexattr(Caller caller, String path, String name) throws ErrnoException;

  /**
   * The time now, in nanoseconds since the epoch. This is what UTIME_NOW of {@code utimensat}
   * means.
   */
  long nowNs();

  /** The path of some control file that can be read, and whose text is no work to make. */
  String someFile();

  /**
   * Ends a call that waits because {@code sim.fault} delays it: it fails with EINTR. For when the
   * program that made the call has got a signal. Calls that do not wait go on.
   *
   * @param thread the thread that carries out the call, and no other one since
   * @return whether the call waited, so that its wait is over now
   */
  boolean interrupt(Thread thread);

  /**
   * Nobody waits for answers any more, because the mount has ended: calls that {@code sim.fault}
   * delays fail at once with ECONNABORTED, also those that come later.
   */
  void abort();
}
