package io.github.vcgroupfs.referee;

import java.util.List;

/**
 * System calls on one hierarchy. Paths are whole, and paths and texts have one char a byte. Each
 * call may be {@link Refused} with an errno, or be {@link Unseen} by the implementation.
 */
interface Calls {

  /** open(2) with those flags ({@code Syscalls.O_…}); returns the file descriptor. */
  int open(String path, int flags) throws Refused;

  /** close(2). */
  void close(int fd);

  /** read(2): so many bytes at most; empty at the end. */
  String read(int fd, int sizeBytes) throws Refused;

  /** pread(2). */
  String pread(int fd, int sizeBytes, long offset) throws Refused;

  /** write(2); returns the bytes taken. */
  int write(int fd, String text) throws Refused;

  /** pwrite(2); returns the bytes taken. */
  int pwrite(int fd, String text, long offset) throws Refused;

  /** writev(2); returns the bytes taken. */
  int writev(int fd, List<String> segments) throws Refused;

  /** lseek(2) to the start. */
  void rewind(int fd) throws Refused;

  /** lseek(2) to the end; returns the position. */
  int seekEnd(int fd) throws Refused;

  /** fsync(2). */
  void fsync(int fd) throws Refused;

  /** posix_fallocate(3) of a page. */
  void fallocate(int fd) throws Refused;

  /** poll(2) for reading, writing and urgent data, without waiting; returns the events. */
  int poll(int fd);

  /** mkdir(2); the mode is 0755, as under the umask of the recordings. */
  void mkdir(String path) throws Refused;

  /** rmdir(2). */
  void rmdir(String path) throws Refused;

  /** rename(2). */
  void rename(String from, String to) throws Refused;

  /** renameat2(2). */
  void renameWithFlags(String from, String to, int flags) throws Refused;

  /** unlink(2). */
  void unlink(String path) throws Refused;

  /** symlink(2). */
  void symlink(String target, String path) throws Refused;

  /** link(2). */
  void link(String from, String to) throws Refused;

  /** mknod(2) of a regular file. */
  void mknod(String path) throws Refused;

  /** truncate(2). */
  void truncate(String path, long sizeBytes) throws Refused;

  /** chmod(2). */
  void chmod(String path, int mode) throws Refused;

  /** chown(2). */
  void chown(String path, int uid, int gid) throws Refused;

  /** utimensat(2), in seconds since the epoch. */
  void setTimes(String path, long atimeSeconds, long mtimeSeconds) throws Refused;

  /** access(2) as another user; {@code want} is a subset of {@code rwx}. */
  boolean mayAccess(String path, String want, int uid);

  /** The names in a directory, {@code .} and {@code ..} aside, in any order. */
  List<String> list(String path) throws Refused;

  /** lstat(2). */
  Status stat(String path) throws Refused;

  /** getxattr(2). */
  String getxattr(String path, String name) throws Refused;

  /** setxattr(2). */
  void setxattr(String path, String name, String value) throws Refused;

  /** openat(2) for reading. */
  int openat(int directory, String name) throws Refused;

  /** mkdirat(2). */
  void mkdirat(int directory, String name) throws Refused;

  /** A process of ours that does nothing; returns its id. */
  int startProcess();

  /** Ends such a process. */
  void endProcess(int pid);

  /** eventfd(2) that does not block; returns the file descriptor. */
  int eventfd();

  /** Whether an eventfd is signalled within half a second. */
  boolean fires(int eventfd);

  /**
   * What lstat(2) shows.
   *
   * @param directory a directory, else a regular file
   * @param mode permission bits
   * @param nlink links
   * @param sizeBytes st_size
   * @param uid owner
   * @param gid group
   */
  record Status(boolean directory, int mode, int nlink, long sizeBytes, int uid, int gid) {}
}
