package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A group as a shell sees it: a directory. Each method is what one or two system calls do, so that
 * it can be implemented over a mounted directory as well as in memory; each may fail with the
 * call's errno.
 *
 * <p>Names are relative to the group; {@code "."} is the group's own directory. Text has one char a
 * byte.
 */
public interface Cgroup {

  /** From the root of the mount: {@code /} or {@code /a/b}. */
  String path();

  /** The group of that name below this one; looks at nothing. */
  Cgroup child(String name);

  /** {@code mkdir NAME}. */
  void mkdir(String name, int mode) throws ErrnoException;

  /** {@code mkdir NAME}, and the new group. */
  default Cgroup createChild(String name) throws ErrnoException {
    mkdir(name, 0755);
    return child(name);
  }

  /** {@code rmdir NAME}. */
  void rmdir(String name) throws ErrnoException;

  /** {@code rm NAME}: unlink(2). */
  void unlink(String name) throws ErrnoException;

  /** {@code mv -T FROM TO}: rename(2); both below this group, {@code a/b} too. */
  void rename(String from, String to) throws ErrnoException;

  /** {@code ls -A}: names in any order, {@code .} and {@code ..} aside. */
  List<String> list() throws ErrnoException;

  /** {@code stat NAME}. */
  Stat stat(String name) throws ErrnoException;

  /** {@code cat FILE}: opens, reads from the start to the end, closes. */
  String read(String file) throws ErrnoException;

  /** {@code printf TEXT > FILE}: opens, truncates, one write(2), closes. */
  void write(String file, byte[] bytes) throws ErrnoException;

  /** {@code printf TEXT > FILE}. */
  default void write(String file, String text) throws ErrnoException {
    write(file, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** open(2) for reading and writing, as far as its mode allows the implementation. */
  OpenControlFile open(String file) throws ErrnoException;

  /** {@code chmod MODE NAME}. */
  void chmod(String name, int mode) throws ErrnoException;

  /** {@code chown UID:GID NAME}; -1 leaves one as it is. */
  void chown(String name, int uid, int gid) throws ErrnoException;

  /** {@code touch}: utimensat(2). Nanoseconds since the epoch. */
  void setTimes(String name, long atimeNs, long mtimeNs) throws ErrnoException;

  /** {@code setfattr -n ATTRIBUTE -v VALUE NAME}. */
  void setXattr(String name, String attribute, byte[] value) throws ErrnoException;

  /** {@code getfattr -n ATTRIBUTE NAME}. */
  byte[] getXattr(String name, String attribute) throws ErrnoException;

  /** {@code getfattr NAME}. */
  List<String> listXattr(String name) throws ErrnoException;

  /** {@code setfattr -x ATTRIBUTE NAME}. */
  void removeXattr(String name, String attribute) throws ErrnoException;

  /**
   * What {@code stat} shows.
   *
   * @param ino inode number
   * @param directory a directory, else a regular file
   * @param mode permission bits
   * @param nlink links
   * @param sizeBytes st_size
   * @param uid owner
   * @param gid group
   * @param atimeNs last access, nanoseconds since the epoch
   * @param mtimeNs last change of content
   */
  record Stat(
      long ino,
      boolean directory,
      int mode,
      int nlink,
      long sizeBytes,
      int uid,
      int gid,
      long atimeNs,
      long mtimeNs) {}

  /** An open file descriptor. */
  interface OpenControlFile extends AutoCloseable {
    /** pread(2). */
    String read(long offset, int sizeBytes) throws ErrnoException;

    /** write(2); returns the bytes taken. */
    int write(String text) throws ErrnoException;

    @Override
    void close();
  }
}
