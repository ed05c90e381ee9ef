package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes what has been found: the same for a path and for an open file. Checks what the kernel
 * checks before it asks the file system ({@code fs/attr.c}, {@code fs/xattr.c}), and tells watchers
 * afterwards. Thread-safe.
 */
final class InodeCalls {
  private static final int PERMISSIONS = 07777;
  private static final int XATTR_NAME_MAX = 255;
  private static final int XATTR_SIZE_MAX = 65536;

  private final FileCalls calls;
  private final MountNamespace tree;
  private final Supplier<Caller> user;
  private final Fsnotify watchers = new Fsnotify();

  InodeCalls(FileCalls calls, MountNamespace tree, Supplier<Caller> user) {
    this.calls = calls;
    this.tree = tree;
    this.user = user;
  }

  FileCalls calls() {
    return calls;
  }

  MountNamespace tree() {
    return tree;
  }

  Fsnotify watchers() {
    return watchers;
  }

  Caller caller() {
    return user.get();
  }

  /** {@code chmod_common}. */
  void chmod(Caller who, Dentry file, int mode) throws ErrnoException {
    String inner = writable(file);
    Permissions.requireOwner(who, file);
    calls.chmod(who, inner, Permissions.chmod(who, file, mode & PERMISSIONS));
    changed(who, file);
  }

  /** {@code chown_common}; -1 leaves an id as it is. */
  void chown(Caller who, Dentry file, int uid, int gid) throws ErrnoException {
    String inner = writable(file);
    Permissions.mayChown(who, file, uid, gid);
    int mode = Permissions.afterChown(file);
    if (mode != file.inode().mode()) {
      calls.chmod(who, inner, mode);
    }
    calls.chown(who, inner, uid, gid);
    changed(who, file);
  }

  /** {@code vfs_utimes} with times that are given. */
  void utimens(Caller who, Dentry file, long atimeNs, long mtimeNs) throws ErrnoException {
    String inner = writable(file);
    Permissions.requireOwner(who, file);
    calls.utimens(who, inner, atimeNs, mtimeNs);
    changed(who, file);
  }

  /** {@code vfs_getxattr} of a name of users. */
  byte[] getxattr(Caller who, Dentry file, String name) throws ErrnoException {
    requireShort(name);
    String inner = file.inner();
    if (inner == null) {
      throw new ErrnoException(
          Errno.EOPNOTSUPP, file.path() + " is above the mount and has no attributes: ask a group");
    }
    Permissions.inodePermission(who, file, Permissions.MAY_READ);
    return calls.getxattr(who, inner, name);
  }

  /** {@code vfs_listxattr}. */
  List<String> listxattr(Caller who, Dentry file) throws ErrnoException {
    String inner = file.inner();
    return inner == null ? List.of() : calls.listxattr(who, inner);
  }

  /** {@code vfs_setxattr} of a name of users. */
  void setxattr(Caller who, Dentry file, String name, byte[] value) throws ErrnoException {
    requireShort(name);
    if (value.length > XATTR_SIZE_MAX) {
      throw new ErrnoException(
          Errno.E2BIG,
          "an attribute holds %d bytes at most, not %d: set a shorter value"
              .formatted(XATTR_SIZE_MAX, value.length));
    }
    String inner = writable(file);
    Permissions.inodePermission(who, file, Permissions.MAY_WRITE);
    calls.setxattr(who, inner, name, value, 0);
    changed(who, file);
  }

  /** {@code vfs_removexattr} of a name of users. */
  void removexattr(Caller who, Dentry file, String name) throws ErrnoException {
    requireShort(name);
    String inner = writable(file);
    Permissions.inodePermission(who, file, Permissions.MAY_WRITE);
    calls.removexattr(who, inner, name);
    changed(who, file);
  }

  private static void requireShort(String name) throws ErrnoException {
    if (name.isEmpty() || name.length() > XATTR_NAME_MAX) {
      throw new ErrnoException(
          Errno.ERANGE,
          "the name of an attribute has 1 to %d bytes, not %d: use another one"
              .formatted(XATTR_NAME_MAX, name.length()));
    }
  }

  /** The path in the mount: EROFS above it. */
  static String writable(Dentry file) throws ErrnoException {
    MountNamespace.wantWrite(file);
    return inner(file);
  }

  /** The path in the mount of what is known to be in it. */
  static String inner(Dentry file) {
    String inner = file.inner();
    if (inner == null) {
      throw new IllegalStateException(file.path() + " is not in the mount");
    }
    return inner;
  }

  /**
   * The largest offset is {@code s_maxbytes}, which {@code fs/super.c alloc_super} makes 2^31 - 1
   * and cgroupfs leaves so.
   */
  void requireSeekable(long to) throws ErrnoException {
    if (to > Integer.MAX_VALUE) {
      throw new ErrnoException(
          Errno.EINVAL,
          "a control file ends before offset %d: 2147483647 is the last one".formatted(to));
    }
  }

  /** Something was written, or attributes were changed. */
  void changed(Caller who, Dentry file) throws ErrnoException {
    if (watchers.isIdle()) {
      return;
    }
    if (file.isDirectory()) {
      watchers.tell(file, Fsnotify.Event.CHANGED, null);
    }
    Dentry parent = Absence.orNull(() -> tree.parent(who, file));
    if (parent != null && !parent.isSameAs(file)) {
      watchers.tell(parent, Fsnotify.Event.CHANGED, lastName(file));
    }
  }

  static String lastName(Dentry file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  /**
   * Where an inode is that was found before: at the same path, or at another one if it, or a group
   * above it, has been renamed since.
   *
   * @throws ErrnoException ENOENT if it was removed
   */
  Dentry now(Caller who, Dentry before) throws ErrnoException {
    String inner = before.inner();
    if (inner == null) {
      return before;
    }
    Dentry there = Absence.orNull(() -> tree.inMount(who, inner));
    if (there != null && there.isSameAs(before)) {
      return there;
    }
    Dentry moved = search(who, tree.mountRoot(who), before);
    if (moved == null) {
      throw new ErrnoException(
          Errno.ENOENT, before.path() + " was removed: open a group that is there");
    }
    return moved;
  }

  /** Renames are rare, and of open directories still more so: a search does. */
  private @Nullable Dentry search(Caller who, Dentry directory, Dentry wanted)
      throws ErrnoException {
    if (directory.isSameAs(wanted)) {
      return directory;
    }
    long handle = calls.opendir(who, inner(directory));
    List<DirectoryEntry> entries;
    try {
      entries = calls.readdir(handle);
    } finally {
      calls.releasedir(handle);
    }
    for (DirectoryEntry entry : entries) {
      Dentry child = tree.child(who, directory, entry.name());
      if (child == null) {
        continue;
      }
      Dentry found =
          child.isDirectory() ? search(who, child, wanted) : child.isSameAs(wanted) ? child : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
