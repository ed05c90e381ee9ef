package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import io.github.vcgroupfs.vfs.Stat;
import io.github.vcgroupfs.vfs.Vfs;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The system calls with which the views of the JDK read and change attributes of one path.
 * Immutable.
 *
 * @param path the file
 * @param follow whether a link is followed
 */
record ViewedFile(CgroupPath path, boolean follow) {
  private static final long NS_PER_SECOND = 1_000_000_000;

  private Vfs vfs() {
    return path.home().vfs();
  }

  private At at() {
    return path.at();
  }

  PosixAttributes attributes() throws IOException {
    Outcome<Stat> outcome = Outcome.restarted(() -> vfs().stat(at(), follow));
    if (Jdk.NAME_BELOW_FILE_IS_ABSENT && outcome.is(Errno.ENOTDIR)) {
      throw outcome.failure(Errno.ENOENT, path, null);
    }
    return PosixAttributes.of(outcome.orThrow(path));
  }

  /** Opens it to work on its attributes. */
  private Outcome<OpenFile> opened() {
    return Outcome.restarted(
        () -> vfs().open(at(), follow ? OpenHow.READ : OpenHow.READ_NO_FOLLOW));
  }

  /**
   * Opens it to work on its attributes: the JDK does, so that a file which cannot be read fails.
   */
  OpenFile open() throws IOException {
    return opened().orThrow(path);
  }

  void setTimes(@Nullable FileTime modified, @Nullable FileTime accessed) throws IOException {
    if (modified == null && accessed == null) {
      return;
    }
    Outcome<OpenFile> outcome = opened();
    OpenFile file = outcome.is(Errno.ELOOP) ? null : outcome.orThrow(path);
    try {
      Stat now =
          Outcome.of(() -> file == null ? vfs().stat(at(), follow) : file.stat()).orThrow(path);
      long mtimeNs = modified == null ? now.inode().times().mtimeNs() : nanoseconds(modified);
      long atimeNs = accessed == null ? now.inode().times().atimeNs() : nanoseconds(accessed);
      Outcome.done(
              () -> {
                boolean possible = isTimespec(atimeNs) && isTimespec(mtimeNs);
                long atime = possible ? atimeNs : Math.max(0, atimeNs); // the JDK tries again so
                long mtime = possible ? mtimeNs : Math.max(0, mtimeNs);
                if (file == null) {
                  vfs().utimens(at(), atime, mtime, follow);
                } else {
                  file.utimens(atime, mtime);
                }
              })
          .orThrow(path);
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  /**
   * Whether the JDK makes a timespec of it that the kernel takes. Before 1970 a part of a second
   * becomes negative nanoseconds, which is EINVAL.
   */
  static boolean isTimespec(long ns) {
    return ns % NS_PER_SECOND >= 0;
  }

  static long nanoseconds(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /** Follows links even if it is asked not to: the JDK opens the file for that, and so does it. */
  void setMode(int mode) throws IOException {
    if (follow) {
      Outcome.restarted(() -> changed(() -> vfs().chmod(at(), mode))).orThrow(path);
      return;
    }
    OpenHow how = Jdk.NAME_BELOW_FILE_IS_ABSENT ? OpenHow.READ : OpenHow.READ_NO_FOLLOW;
    Outcome<OpenFile> outcome = Outcome.restarted(() -> vfs().open(at(), how));
    if (outcome.is(Errno.EACCES) && Jdk.NAME_BELOW_FILE_IS_ABSENT) {
      outcome = Outcome.restarted(() -> vfs().open(at(), OpenHow.WRITE));
    }
    OpenFile file = outcome.orThrow(path);
    try {
      Outcome.done(() -> file.chmod(mode)).orThrow(path);
    } finally {
      file.close();
    }
  }

  void setIds(int uid, int gid) throws IOException {
    Outcome.restarted(() -> changed(() -> vfs().chown(at(), uid, gid, follow))).orThrow(path);
  }

  private static boolean changed(Outcome.Action action)
      throws io.github.vcgroupfs.kernel.ErrnoException {
    action.make();
    return true;
  }

  /** The number of a user. */
  static int uid(@Nullable UserPrincipal owner) throws IOException {
    Objects.requireNonNull(owner, "'owner' is null");
    if (owner instanceof Principals.Group) {
      throw new IOException("'owner' parameter can't be a group");
    }
    if (owner instanceof Principals.User user) {
      return user.uid();
    }
    throw new java.nio.file.ProviderMismatchException();
  }

  /** The number of a group. */
  static int gid(@Nullable UserPrincipal group) {
    Objects.requireNonNull(group, "'owner' is null");
    if (group instanceof Principals.Group ours) {
      return ours.gid();
    }
    throw new java.nio.file.ProviderMismatchException();
  }
}
