package io.github.vcgroupfs.cgroupfs.inode;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one directory or file: owner, mode, times, extended attributes. Thread-safe: it
 * has a monitor of its own.
 */
public final class Inode {
  /** All extended attributes of one inode together, names and values, in bytes. */
  private static final int MAX_XATTR_BYTES = 64 << 10;

  /** {@code MAX_NON_LFS}, the s_maxbytes of {@code fs/super.c alloc_super} of 3.x. */
  private static final long MAX_NON_LFS_BYTES = (1L << 31) - 1;

  private static final int XATTR_CREATE = 1;
  private static final int XATTR_REPLACE = 2;

  @GuardedBy("this")
  private int mode;

  @GuardedBy("this")
  private int uid;

  @GuardedBy("this")
  private int gid;

  @GuardedBy("this")
  private Attributes.Times times;

  /** What truncate made of st_size; 0 in the kernels where it makes nothing of it. */
  @GuardedBy("this")
  private long sizeBytes;

  @GuardedBy("this")
  private @Nullable Map<String, byte[]> xattrs;

  /** Whether somebody has set attributes, as the kernel does for who makes it and is not root. */
  @GuardedBy("this")
  private boolean attributed;

  Inode(int mode, int uid, int gid, long nowNs) {
    this.attributed = uid != 0 || gid != 0;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.times = new Attributes.Times(nowNs, nowNs, nowNs);
  }

  /**
   * What {@code stat} shows.
   *
   * @param ino inode number
   * @param type directory, file or link
   * @param nlink number of links
   * @param sizeBytes size in bytes
   */
  public synchronized Attributes attributes(long ino, FileType type, int nlink, long sizeBytes) {
    return new Attributes(ino, type, mode, nlink, sizeBytes, uid, gid, times);
  }

  /** The user whom it belongs to. */
  public synchronized int uid() {
    return uid;
  }

  /** Changes the permission bits. */
  public synchronized void chmod(int newMode, long nowNs) {
    mode = newMode;
    changed(nowNs);
  }

  /** Changes owner and group. An id of -1 stays as it is. */
  public synchronized void chown(int newUid, int newGid, long nowNs) {
    uid = newUid == -1 ? uid : newUid;
    gid = newGid == -1 ? gid : newGid;
    changed(nowNs);
  }

  /** Sets the times of access and of modification. */
  public synchronized void utimens(long atimeNs, long mtimeNs, long nowNs) {
    times = new Attributes.Times(atimeNs, mtimeNs, nowNs);
    attributed = true;
  }

  /** Records that a directory has got or lost a child: that counts once attributes were set. */
  public synchronized void childrenChanged(long nowNs) {
    if (attributed) {
      times = new Attributes.Times(times.atimeNs(), nowNs, nowNs);
    }
  }

  /** The size in bytes that {@code truncate} has set. 0 until then. */
  public synchronized long sizeBytes() {
    return sizeBytes;
  }

  /**
   * What every kernel asks of a new size, whether it keeps it or not: {@code inode_newsize_ok}.
   *
   * @throws ErrnoException EFBIG above 2^31 - 1 bytes
   */
  public static void requirePossible(long newBytes) throws ErrnoException {
    if (newBytes > MAX_NON_LFS_BYTES) {
      throw new ErrnoException(
          Errno.EFBIG,
          "a control file has %d bytes at most: write less".formatted(MAX_NON_LFS_BYTES));
    }
  }

  /** Sets st_size: {@code simple_setattr}. */
  public synchronized void setSize(long newBytes) {
    sizeBytes = newBytes;
  }

  /** Records that somebody truncated it: the content stays, the times change. */
  public synchronized void truncated(long nowNs) {
    times = new Attributes.Times(times.atimeNs(), nowNs, nowNs);
  }

  /**
   * Sets an extended attribute.
   *
   * @param flags as in setxattr(2)
   * @throws ErrnoException EEXIST or ENODATA as the flags demand; if all attributes together have
   *     more than 64 KiB, ENOSPC for one of {@code user.}, which the kernel counts, too ({@code
   *     kernfs_vfs_user_xattr_add}), and ENOMEM for others
   */
  public synchronized void setxattr(String name, byte[] value, int flags) throws ErrnoException {
    Map<String, byte[]> map = xattrs == null ? new TreeMap<>() : xattrs;
    boolean present = map.containsKey(name);
    if ((flags & XATTR_CREATE) != 0 && present) {
      throw new ErrnoException(
          Errno.EEXIST,
          "the attribute %s is there already: set it without XATTR_CREATE".formatted(name));
    }
    if ((flags & XATTR_REPLACE) != 0 && !present) {
      throw noSuchAttribute(name);
    }
    int held = 0;
    for (Map.Entry<String, byte[]> each : map.entrySet()) {
      held += each.getKey().equals(name) ? 0 : each.getKey().length() + each.getValue().length;
    }
    if (held + name.length() + value.length > MAX_XATTR_BYTES) {
      throw new ErrnoException(
          name.startsWith("user.") ? Errno.ENOSPC : Errno.ENOMEM,
          "the attributes of one file may hold %d bytes together: remove one, or set a shorter value"
              .formatted(MAX_XATTR_BYTES));
    }
    map.put(name, value.clone());
    xattrs = map;
    attributed = true;
  }

  /**
   * The value of an extended attribute.
   *
   * @throws ErrnoException ENODATA if there is none of that name
   */
  public synchronized byte[] getxattr(String name) throws ErrnoException {
    byte[] value = xattrs == null ? null : xattrs.get(name);
    if (value == null) {
      throw noSuchAttribute(name);
    }
    return value.clone();
  }

  /** The names of its extended attributes. */
  public synchronized List<String> listxattr() {
    return xattrs == null ? List.of() : new ArrayList<>(xattrs.keySet());
  }

  /**
   * Removes an extended attribute.
   *
   * @throws ErrnoException ENODATA if there is none of that name
   */
  public synchronized void removexattr(String name) throws ErrnoException {
    if (xattrs == null || xattrs.remove(name) == null) {
      throw noSuchAttribute(name);
    }
  }

  @GuardedBy("this")
  private void changed(long nowNs) {
    times = new Attributes.Times(times.atimeNs(), times.mtimeNs(), nowNs);
    attributed = true;
  }

  private static ErrnoException noSuchAttribute(String name) {
    return new ErrnoException(
        Errno.ENODATA,
        "there is no attribute %s here: getfattr lists those there are".formatted(name));
  }
}
