package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what to which inode. Root may do everything but run a file that nobody may run. Has no
 * state.
 *
 * <p>The methods have the names and the order of checks of {@code fs/namei.c} and {@code
 * fs/attr.c}. A caller has one group: nothing here has supplementary ones.
 */
final class Permissions {
  static final int MAY_EXEC = 1;
  static final int MAY_WRITE = 2;
  static final int MAY_READ = 4;

  private static final int S_ISUID = 04000;
  private static final int S_ISGID = 02000;
  private static final int S_ISVTX = 01000;
  private static final int S_IXUGO = 0111;
  private static final int S_IXGRP = 0010;
  private static final int OWNER_SHIFT = 6;
  private static final int GROUP_SHIFT = 3;

  private Permissions() {}

  /** {@code inode_permission}: EACCES if the mode does not allow it. */
  static void inodePermission(Caller who, Dentry file, int mask) throws ErrnoException {
    Attributes inode = file.inode();
    int bits = inode.mode();
    if (inode.uid() == who.uid()) {
      bits >>= OWNER_SHIFT;
    } else if (inode.gid() == who.gid()) {
      bits >>= GROUP_SHIFT;
    }
    if ((mask & ~bits) == 0 || isOverridden(who, inode, mask)) {
      return;
    }
    throw new ErrnoException(
        Errno.EACCES,
        "%s with mode %04o of %d:%d does not let %d:%d %s: open the file system as another user, or chmod it"
            .formatted(
                file.path(),
                inode.mode(),
                inode.uid(),
                inode.gid(),
                who.uid(),
                who.gid(),
                verbs(mask, file)));
  }

  /** CAP_DAC_OVERRIDE, which root has. */
  private static boolean isOverridden(Caller who, Attributes inode, int mask) {
    return isRoot(who)
        && (inode.type() == FileType.DIRECTORY
            || (mask & MAY_EXEC) == 0
            || (inode.mode() & S_IXUGO) != 0);
  }

  private static String verbs(int mask, Dentry file) {
    String run = file.isDirectory() ? "search" : "run";
    return ((mask & MAY_READ) != 0 ? "read " : "")
        + ((mask & MAY_WRITE) != 0 ? "write " : "")
        + ((mask & MAY_EXEC) != 0 ? run + " " : "")
        + "it";
  }

  /** {@code may_lookup}: whether names may be looked up in a directory. */
  static void mayLookup(Caller who, Dentry directory) throws ErrnoException {
    inodePermission(who, directory, MAY_EXEC);
  }

  /** {@code may_open}: ELOOP for a link, EISDIR for a directory to be written, else the mode. */
  static void mayOpen(Caller who, Dentry file, int mask) throws ErrnoException {
    switch (file.inode().type()) {
      case LINK ->
          throw new ErrnoException(
              Errno.ELOOP, file.path() + " is a symbolic link: open it without NOFOLLOW_LINKS");
      case DIRECTORY -> {
        if ((mask & MAY_WRITE) != 0) {
          throw isDirectory(file);
        }
      }
      case FILE -> {
        // the mode decides
      }
    }
    inodePermission(who, file, mask);
  }

  static ErrnoException isDirectory(Dentry file) {
    return new ErrnoException(
        Errno.EISDIR, file.path() + " is a directory: write to one of its files");
  }

  /** {@code may_create}: whether a name that is free may be taken. */
  static void mayCreate(Caller who, Dentry directory) throws ErrnoException {
    inodePermission(who, directory, MAY_WRITE | MAY_EXEC);
  }

  /**
   * {@code may_delete}: whether a name may be removed or replaced.
   *
   * @param directoryWanted whether the name is to be that of a directory, or of anything else
   */
  static void mayDelete(
      Caller who, Dentry directory, @Nullable Dentry victim, String name, boolean directoryWanted)
      throws ErrnoException {
    if (victim == null) {
      throw MountNamespace.nothing(directory, name);
    }
    inodePermission(who, directory, MAY_WRITE | MAY_EXEC);
    boolean sticky = (directory.inode().mode() & S_ISVTX) != 0;
    if (sticky && !isOwner(who, victim) && !isOwner(who, directory)) {
      throw new ErrnoException(
          Errno.EPERM,
          "%s is sticky, and neither it nor %s belongs to user %d: let its owner do it"
              .formatted(directory.path(), name, who.uid()));
    }
    if (directoryWanted && !victim.isDirectory()) {
      throw new ErrnoException(
          Errno.ENOTDIR, victim.path() + " is a control file: that can only be done to a group");
    }
    if (!directoryWanted && victim.isDirectory()) {
      throw isDirectory(victim);
    }
  }

  /**
   * Whether it belongs to the caller, or the caller has CAP_FOWNER: {@code inode_owner_or_capable}.
   */
  static boolean isOwner(Caller who, Dentry file) {
    return isRoot(who) || file.inode().uid() == who.uid();
  }

  /** {@code setattr_prepare} for a mode or for times that are given. */
  static void requireOwner(Caller who, Dentry file) throws ErrnoException {
    if (!isOwner(who, file)) {
      throw new ErrnoException(
          Errno.EPERM,
          "%s belongs to user %d, not to %d: let its owner do it"
              .formatted(file.path(), file.inode().uid(), who.uid()));
    }
  }

  /**
   * {@code chown_ok} and {@code chgrp_ok}: an owner may choose among the own groups, and keep the
   * file.
   */
  static void mayChown(Caller who, Dentry file, int uid, int gid) throws ErrnoException {
    Attributes inode = file.inode();
    boolean mine = inode.uid() == who.uid();
    boolean userStays = uid == -1 || (mine && uid == inode.uid());
    boolean groupStays = gid == -1 || (mine && (gid == who.gid() || gid == inode.gid()));
    if (!isRoot(who) && !(userStays && groupStays)) {
      throw new ErrnoException(
          Errno.EPERM,
          "user %d may not give %s of %d:%d to %d:%d: only root gives files away"
              .formatted(who.uid(), file.path(), inode.uid(), inode.gid(), uid, gid));
    }
  }

  /** The mode that chmod sets: S_ISGID goes if the owner is not in the group. */
  static int chmod(Caller who, Dentry file, int mode) {
    boolean inGroup = isRoot(who) || file.inode().gid() == who.gid();
    return inGroup ? mode : mode & ~S_ISGID;
  }

  /** The mode after a change of owner: {@code setattr_should_drop_suidgid}. */
  static int afterChown(Dentry file) {
    int mode = file.inode().mode();
    if (file.isDirectory()) {
      return mode;
    }
    return mode & ~S_ISUID & ~((mode & S_IXGRP) != 0 ? S_ISGID : 0);
  }

  /** Whether all capabilities are there. */
  static boolean isRoot(Caller who) {
    return who.uid() == 0;
  }
}
