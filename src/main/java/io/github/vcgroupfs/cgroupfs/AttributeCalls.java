package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.Inode;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;

/**
 * The calls that read or change the attributes of an inode: mode, owner, times, extended
 * attributes.
 */
final class AttributeCalls {
  private static final int PERMISSIONS = 07777;

  private final CallRunner runner;
  private final Inodes inodes;
  private final Xattrs xattrs;

  AttributeCalls(CallRunner runner, Inodes inodes, Xattrs xattrs) {
    this.runner = runner;
    this.inodes = inodes;
    this.xattrs = xattrs;
  }

  void chmod(Caller caller, Node node, int mode, long nowNs) throws ErrnoException {
    change(FsCall.CHMOD, caller, node, inode -> inode.chmod(mode & PERMISSIONS, nowNs));
  }

  void chown(Caller caller, Node node, int uid, int gid, long nowNs) throws ErrnoException {
    change(FsCall.CHOWN, caller, node, inode -> inode.chown(uid, gid, nowNs));
  }

  void utimens(Caller caller, Node node, long atimeNs, long mtimeNs, long nowNs)
      throws ErrnoException {
    change(FsCall.UTIMENS, caller, node, inode -> inode.utimens(atimeNs, mtimeNs, nowNs));
  }

  void setxattr(Caller caller, Node node, String name, byte[] value, int flags)
      throws ErrnoException {
    change(
        FsCall.SETXATTR,
        caller,
        node,
        inode -> inode.setxattr(xattrs.requireSettable(name), value, flags));
  }

  void removexattr(Caller caller, Node node, String name) throws ErrnoException {
    change(FsCall.REMOVEXATTR, caller, node, inode -> inode.removexattr(xattrs.requireKnown(name)));
  }

  byte[] getxattr(Caller caller, Node node, String name) throws ErrnoException {
    return look(FsCall.GETXATTR, caller, node, inode -> inode.getxattr(xattrs.requireKnown(name)));
  }

  List<String> listxattr(Caller caller, Node node) throws ErrnoException {
    return look(FsCall.LISTXATTR, caller, node, Inode::listxattr);
  }

  private void change(FsCall call, Caller caller, Node node, Change change) throws ErrnoException {
    runner.run(
        call,
        caller,
        node,
        () -> {
          Cgroup group = node.requireExists().groupOrThrow();
          VisibleFile file = node.file();
          change.apply(file == null ? inodes.of(group) : inodes.changeable(group, file));
          return true;
        });
  }

  private <T> T look(FsCall call, Caller caller, Node node, Look<T> look) throws ErrnoException {
    return runner.run(
        call,
        caller,
        node,
        () -> {
          Cgroup group = node.requireExists().groupOrThrow();
          VisibleFile file = node.file();
          return look.at(file == null ? inodes.of(group) : inodes.readable(group, file));
        });
  }

  private interface Change {
    void apply(Inode inode) throws ErrnoException;
  }

  private interface Look<T> {
    T at(Inode inode) throws ErrnoException;
  }
}
