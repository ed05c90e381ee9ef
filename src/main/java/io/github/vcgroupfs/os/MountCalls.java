package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.CALLS;
import static io.github.vcgroupfs.os.Libc.bytes;
import static io.github.vcgroupfs.os.Libc.result;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Calls about mounts that are not attached anywhere, and about the namespaces that mounts are in.
 * Results and strings are as in {@link Libc}. Has no state.
 */
public final class MountCalls {
  // The same on every machine: numbers from 424 on are common.
  private static final long OPEN_TREE = 428;
  private static final long MOVE_MOUNT = 429;
  private static final long FSOPEN = 430;
  private static final long FSCONFIG = 431;
  private static final long FSMOUNT = 432;
  private static final long MOUNT_SETATTR = 442;

  // include/uapi/linux/mount.h
  private static final int FS_CLOEXEC = 1; // of fsopen and of fsmount
  private static final int FSCONFIG_SET_FLAG = 0;
  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;
  private static final long OPEN_TREE_CLONE = 1;
  private static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final long MOVE_MOUNT_T_EMPTY_PATH = 0x40;
  private static final int MOUNT_ATTR_SIZE_VER0 = 32;

  // include/uapi/linux/sched.h
  private static final int CLONE_FS = 0x200;
  private static final int CLONE_NEWNS = 0x20000;
  private static final int CLONE_NEWCGROUP = 0x2000000;

  // include/uapi/linux/fcntl.h
  private static final int AT_FDCWD = -100;
  private static final long AT_EMPTY_PATH = 0x1000;
  private static final long AT_RECURSIVE = 0x8000;

  private static final int O_CLOEXEC = 02000000; // the same on all machines we know

  private MountCalls() {}

  /**
   * Copies the mounts at and below a path. The copy is a directory descriptor with close-on-exec,
   * and is not attached anywhere yet.
   */
  public static int openTree(String path) {
    long flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE;
    return result(CALLS.syscall(OPEN_TREE, AT_FDCWD, bytes(path), flags));
  }

  /**
   * Attaches such a copy to a place. If the place is a symbolic link, the link itself is covered
   * and not its target.
   */
  public static int moveMount(int tree, String place) {
    return result(
        CALLS.syscall(
            MOVE_MOUNT, tree, bytes(""), AT_FDCWD, bytes(place), MOVE_MOUNT_F_EMPTY_PATH));
  }

  /**
   * Sets flags of such a copy.
   *
   * @param attributes {@code MOUNT_ATTR_*}, which for {@code ro}, {@code nosuid}, {@code nodev} and
   *     {@code noexec} are the same as {@code MS_*}
   */
  public static int setMountFlags(int tree, long attributes) {
    byte[] set = new byte[MOUNT_ATTR_SIZE_VER0];
    ByteBuffer.wrap(set).order(ByteOrder.nativeOrder()).putLong(0, attributes);
    return result(CALLS.syscall(MOUNT_SETATTR, tree, bytes(""), AT_EMPTY_PATH, set, set.length));
  }

  /** Attaches such a copy to a directory that is open. */
  public static int moveMount(int tree, int place) {
    long flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
    return result(CALLS.syscall(MOVE_MOUNT, tree, bytes(""), place, bytes(""), flags));
  }

  /**
   * Lets the calling thread have the mounts of another namespace.
   *
   * @param namespace a descriptor of {@code /proc/PID/ns/mnt}
   */
  public static int enterMounts(int namespace) {
    int unshared = Libc.unshare(CLONE_FS); // a thread that shares its working directory may not
    return unshared < 0 ? unshared : result(CALLS.setns(namespace, CLONE_NEWNS));
  }

  /**
   * Lets the calling thread see groups from the root of another cgroup namespace.
   *
   * @param namespace a descriptor of {@code /proc/PID/ns/cgroup}
   */
  public static int enterCgroups(int namespace) {
    return result(CALLS.setns(namespace, CLONE_NEWCGROUP));
  }

  /** Makes a context for a new mount of a file system, with close-on-exec. */
  public static int fsopen(String fileSystem) {
    return result(CALLS.syscall(FSOPEN, bytes(fileSystem), FS_CLOEXEC));
  }

  /** Sets an option without a value in such a context. */
  public static int setFlag(int context, String key) {
    return fsconfig(context, FSCONFIG_SET_FLAG, bytes(key), null);
  }

  /** Sets an option with a value in such a context. */
  public static int setString(int context, String key, String value) {
    return fsconfig(context, FSCONFIG_SET_STRING, bytes(key), bytes(value));
  }

  /** Finds or makes the file system that the context describes. */
  public static int create(int context) {
    return fsconfig(context, FSCONFIG_CMD_CREATE, null, null);
  }

  private static int fsconfig(
      int context, int command, byte @Nullable [] key, byte @Nullable [] value) {
    return result(CALLS.syscall(FSCONFIG, context, command, key, value, 0));
  }

  /**
   * Makes the mount. It is a directory descriptor with close-on-exec, and is not attached anywhere;
   * the mount ends when the descriptor is closed.
   */
  public static int fsmount(int context) {
    return result(CALLS.syscall(FSMOUNT, context, FS_CLOEXEC, 0));
  }
}
