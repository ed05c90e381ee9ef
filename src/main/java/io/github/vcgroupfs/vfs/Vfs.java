package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on files, for one user: what the kernel does between a program and a file
 * system. It walks paths, asks permissions, and refuses what no file system is asked. The rest is
 * up to {@link FileCalls}.
 *
 * <p>Paths have one char for each byte. Thread-safe. What a call says about a path may be over when
 * the next one is made, as with a kernel.
 */
public final class Vfs {
  /** {@code access} asks whether it is there. */
  public static final int F_OK = 0;

  /** {@code access} asks whether it may be run, or searched. */
  public static final int X_OK = Permissions.MAY_EXEC;

  /** {@code access} asks whether it may be written. */
  public static final int W_OK = Permissions.MAY_WRITE;

  /** {@code access} asks whether it may be read. */
  public static final int R_OK = Permissions.MAY_READ;

  private static final int UMASK = 022;

  private final FileCalls calls;
  private final MountNamespace tree;
  private final InodeCalls inodes;

  /**
   * The calls of one user on one mount.
   *
   * @param calls the file system
   * @param user who calls, asked at each call
   * @param mountPoint where it is mounted: absolute, without {@code .} and {@code ..}
   * @param dev its device number; one less is that of the directories above it
   */
  public Vfs(FileCalls calls, Supplier<Caller> user, String mountPoint, long dev) {
    this.calls = calls;
    this.tree = new MountNamespace(calls, mountPoint, dev);
    this.inodes = new InodeCalls(calls, tree, user);
  }

  /** Where the file system is mounted. */
  public String mountPoint() {
    return tree.mountPoint();
  }

  /** The device number of the mount. */
  public long dev() {
    return tree.dev();
  }

  private PathWalk walk(Caller who) {
    return new PathWalk(calls, tree, who);
  }

  /** {@code stat}, or {@code lstat} if a link is not to be followed. */
  public Stat stat(At at, boolean follow) throws ErrnoException {
    return walk(inodes.caller()).find(at, follow).stat();
  }

  /** {@code realpath}: the path without links, {@code .} and {@code ..}. */
  public String realpath(At at) throws ErrnoException {
    return walk(inodes.caller()).find(at, true).path();
  }

  /** {@code access}, with one or more of {@link #R_OK}, {@link #W_OK} and {@link #X_OK}. */
  public void access(At at, int mask) throws ErrnoException {
    Caller who = inodes.caller();
    Dentry file = walk(who).find(at, true);
    Permissions.inodePermission(who, file, mask);
    if ((mask & W_OK) != 0) {
      MountNamespace.wantWrite(file);
    }
  }

  /** {@code readlink}: what a link says. EINVAL if it is none. */
  public String readlink(At at) throws ErrnoException {
    Dentry link = walk(inodes.caller()).find(at, false);
    String inner = link.inner();
    if (inner == null) {
      throw new ErrnoException(Errno.EINVAL, link.path() + " is no symbolic link: open it");
    }
    return calls.readlink(inner);
  }

  /** {@code open}. */
  public OpenFile open(At at, OpenHow how) throws ErrnoException {
    Caller who = inodes.caller();
    Dentry file = how.create() ? created(who, at, how) : walk(who).find(at, !how.noFollow());
    Permissions.mayOpen(who, file, how.mask());
    return new OpenFile(inodes, file, how, handle(who, file, how));
  }

  /**
   * The file that an open with O_CREAT leads to: {@code open_last_lookups} and the first half of
   * {@code do_open}. It must be there, since nobody can make one.
   */
  private Dentry created(Caller who, At at, OpenHow how) throws ErrnoException {
    PathWalk walk = walk(who);
    PathWalk.Parent parent = walk.parent(at);
    Dentry file =
        parent.type() == PathWalk.LastType.NORM ? walk.lookup(parent) : walk.find(at, true);
    if (file == null) {
      MountNamespace.wantWrite(parent.directory());
      Permissions.mayCreate(who, parent.directory());
      refuse(who, FsCall.CREATE, parent);
      throw new IllegalStateException("a file was made that nobody can make");
    }
    if (how.exclusive()) {
      throw new ErrnoException(Errno.EEXIST, file.path() + " exists: open it without CREATE_NEW");
    }
    Dentry reached = how.noFollow() ? file : walk.follow(parent.directory(), file);
    if (reached.isDirectory()) {
      throw Permissions.isDirectory(reached);
    }
    return reached;
  }

  private long handle(Caller who, Dentry file, OpenHow how) throws ErrnoException {
    String inner = file.inner();
    if (inner == null) {
      return 0; // above the mount: nobody keeps anything of who has it open
    }
    if (!file.isDirectory()) {
      long handle = calls.open(who, inner, new OpenFlags(how.truncate(), how.direct()));
      if (how.truncate()) {
        inodes.changed(who, file);
      }
      return handle;
    }
    if (how.direct()) {
      throw new ErrnoException(
          Errno.EINVAL, file.path() + " cannot be opened with O_DIRECT; leave the flag out");
    }
    return calls.opendir(who, inner);
  }

  /** {@code mkdir}. */
  public void mkdir(At at, int mode) throws ErrnoException {
    Caller who = inodes.caller();
    PathWalk.Parent parent = free(who, at);
    Permissions.mayCreate(who, parent.directory());
    calls.mkdir(who, path(parent), mode & ~UMASK);
    inodes.watchers().tell(parent.directory(), Fsnotify.Event.CREATED, parent.name());
  }

  /** {@code filename_create}: a name that must be free, in a file system that can be written. */
  private PathWalk.Parent free(Caller who, At at) throws ErrnoException {
    PathWalk walk = walk(who);
    PathWalk.Parent parent = walk.parent(at);
    if (parent.type() != PathWalk.LastType.NORM || walk.lookup(parent) != null) {
      throw new ErrnoException(Errno.EEXIST, at.path() + " exists: take another name");
    }
    MountNamespace.wantWrite(parent.directory());
    return parent;
  }

  /** {@code mknod} of a regular file, {@code symlink} and {@code link} end here: always refused. */
  private void refuse(Caller who, FsCall call, PathWalk.Parent parent) throws ErrnoException {
    calls.refuse(who, call, path(parent));
  }

  private static String path(PathWalk.Parent parent) {
    String inner = InodeCalls.inner(parent.directory());
    return inner.length() == 1 ? "/" + parent.name() : inner + "/" + parent.name();
  }

  /** {@code symlink}, which is always refused. */
  public void symlink(String target, At at) throws ErrnoException {
    if (target.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT, "a link to nothing leads nowhere: name something");
    }
    Caller who = inodes.caller();
    PathWalk.Parent parent = free(who, at);
    Permissions.mayCreate(who, parent.directory());
    refuse(who, FsCall.SYMLINK, parent);
  }

  /** {@code link}, which is always refused. */
  public void link(At existing, At at) throws ErrnoException {
    Caller who = inodes.caller();
    Dentry file = walk(who).find(existing, false);
    PathWalk.Parent parent = free(who, at);
    if (file.dev() != parent.directory().dev()) {
      throw elsewhere(at.path());
    }
    Permissions.mayCreate(who, parent.directory());
    refuse(who, FsCall.LINK, parent);
  }

  private static ErrnoException elsewhere(String path) {
    return new ErrnoException(
        Errno.EXDEV, path + " is on another file system: a name stays on the one where it is");
  }

  /** {@code unlink}. */
  public void unlink(At at) throws ErrnoException {
    Caller who = inodes.caller();
    PathWalk walk = walk(who);
    PathWalk.Parent parent = walk.parent(at);
    if (parent.type() != PathWalk.LastType.NORM) {
      throw new ErrnoException(Errno.EISDIR, at.path() + " is a directory: remove it with rmdir");
    }
    MountNamespace.wantWrite(parent.directory());
    Permissions.mayDelete(who, parent.directory(), walk.lookup(parent), parent.name(), false);
    refuse(who, FsCall.UNLINK, parent);
  }

  /** {@code rmdir}. */
  public void rmdir(At at) throws ErrnoException {
    Caller who = inodes.caller();
    PathWalk walk = walk(who);
    PathWalk.Parent parent = walk.parent(at);
    switch (parent.type()) {
      case DOTDOT ->
          throw new ErrnoException(
              Errno.ENOTEMPTY, at.path() + " has what the path came through: name the group");
      case DOT ->
          throw new ErrnoException(Errno.EINVAL, at.path() + " ends in a dot: name the group");
      case ROOT -> throw new ErrnoException(Errno.EBUSY, "the top of the tree stays: name a group");
      case NORM -> {
        // goes on
      }
    }
    MountNamespace.wantWrite(parent.directory());
    Dentry victim = walk.lookup(parent);
    Permissions.mayDelete(who, parent.directory(), victim, parent.name(), true);
    calls.rmdir(who, path(parent));
    if (victim != null && !inodes.watchers().isIdle()) {
      inodes.watchers().gone(victim);
      inodes.watchers().tell(parent.directory(), Fsnotify.Event.DELETED, parent.name());
    }
  }

  /** {@code rename}. */
  public void rename(At from, At to) throws ErrnoException {
    Caller who = inodes.caller();
    PathWalk walk = walk(who);
    PathWalk.Parent source = walk.parent(from);
    PathWalk.Parent target = walk.parent(to);
    if (source.directory().dev() != target.directory().dev()) {
      throw elsewhere(to.path());
    }
    requireName(source, from);
    requireName(target, to);
    MountNamespace.wantWrite(source.directory());
    Dentry moved = walk.lookup(source);
    if (moved == null) {
      throw MountNamespace.nothing(source.directory(), source.name());
    }
    Dentry replaced = walk.lookup(target);
    requireApart(moved, replaced, target.directory());
    if (replaced != null && replaced.isSameAs(moved)) {
      return;
    }
    Permissions.mayDelete(who, source.directory(), moved, source.name(), moved.isDirectory());
    if (replaced == null) {
      Permissions.mayCreate(who, target.directory());
    } else {
      Permissions.mayDelete(who, target.directory(), replaced, target.name(), moved.isDirectory());
    }
    if (moved.isDirectory() && !source.directory().isSameAs(target.directory())) {
      Permissions.inodePermission(who, moved, Permissions.MAY_WRITE);
    }
    calls.rename(who, path(source), path(target));
    inodes.watchers().tell(source.directory(), Fsnotify.Event.DELETED, source.name());
    inodes.watchers().tell(target.directory(), Fsnotify.Event.CREATED, target.name());
  }

  private static void requireName(PathWalk.Parent parent, At at) throws ErrnoException {
    if (parent.type() != PathWalk.LastType.NORM) {
      throw new ErrnoException(Errno.EBUSY, at.path() + " has no name of its own: name the group");
    }
  }

  /** {@code lock_rename}: neither may be above the other. */
  private static void requireApart(Dentry moved, @Nullable Dentry replaced, Dentry directory)
      throws ErrnoException {
    if ((directory.path() + "/").startsWith(moved.path() + "/")) {
      throw new ErrnoException(
          Errno.EINVAL, moved.path() + " cannot go below itself: choose another place");
    }
    if (replaced != null
        && (moved.path() + "/").startsWith(replaced.path() + "/")
        && !replaced.isSameAs(moved)) {
      throw new ErrnoException(
          Errno.ENOTEMPTY, replaced.path() + " has what is to take its place: choose another name");
    }
  }

  /** {@code chmod}, which follows links. */
  public void chmod(At at, int mode) throws ErrnoException {
    Caller who = inodes.caller();
    inodes.chmod(who, walk(who).find(at, true), mode);
  }

  /** {@code chown}, or {@code lchown} if a link is not to be followed; -1 leaves an id as it is. */
  public void chown(At at, int uid, int gid, boolean follow) throws ErrnoException {
    Caller who = inodes.caller();
    inodes.chown(who, walk(who).find(at, follow), uid, gid);
  }

  /** {@code utimensat}, in nanoseconds since the epoch. */
  public void utimens(At at, long atimeNs, long mtimeNs, boolean follow) throws ErrnoException {
    Caller who = inodes.caller();
    inodes.utimens(who, walk(who).find(at, follow), atimeNs, mtimeNs);
  }

  /** {@code inotify_add_watch} with IN_ONLYDIR. */
  public Fsnotify.Mark watch(At at, Fsnotify.Listener listener) throws ErrnoException {
    Caller who = inodes.caller();
    Dentry directory = walk(who).find(at, true);
    if (!directory.isDirectory()) {
      throw new ErrnoException(
          Errno.ENOTDIR, directory.path() + " is a file: watch the group that has it");
    }
    Permissions.inodePermission(who, directory, Permissions.MAY_READ);
    return inodes.watchers().add(directory, listener);
  }

  /** A signal for a thread that is in one of these calls: if it waits there, that is EINTR. */
  public void interrupt(Thread thread) {
    calls.interrupt(thread);
  }

  /** {@code inotify_rm_watch}. */
  public void unwatch(Fsnotify.Mark mark) {
    inodes.watchers().remove(mark);
  }
}
