package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says what is wrong when a file cannot be read. Has no state. */
final class Trouble {
  private Trouble() {}

  /** What that means for the hierarchy. */
  static WatchException with(Path directory, IOException e) {
    if (isDead(e)) {
      return new WatchException(
          WatchException.Kind.DEAD,
          "the mount at %s is dead, for its daemon has ended: vcgroupfs umount %s, and mount again"
              .formatted(directory, directory));
    }
    if (e instanceof NotDirectoryException || is(Errno.ENOTDIR, e) || isGone(e)) {
      return new WatchException(
          WatchException.Kind.ABSENT,
          "there is no directory %s: give one such as /sys/fs/cgroup/memory, or a mount point of vcgroupfs mount"
              .formatted(directory));
    }
    if (e instanceof AccessDeniedException) {
      return new WatchException(
          WatchException.Kind.FORBIDDEN,
          "%s may not be read: look as root, or as the user who mounted it".formatted(directory));
    }
    return new WatchException(
        WatchException.Kind.FAILED,
        "%s cannot be read (%s): vcgroupfs doctor says what a mount needs"
            .formatted(directory, Reasons.of(e)));
  }

  /** Whether a FUSE mount has lost its daemon. */
  static boolean isDead(IOException e) {
    return is(Errno.ENOTCONN, e) || is(Errno.ECONNABORTED, e);
  }

  /** Whether the group of an open file was removed. */
  static boolean isGone(IOException e) {
    return e instanceof NoSuchFileException || is(Errno.ENODEV, e) || is(Errno.ENOENT, e);
  }

  /** Whether a path is longer than any call takes. */
  static boolean isTooLong(IOException e) {
    return is(Errno.ENAMETOOLONG, e);
  }

  /** Whether a control file refuses to be read in this kernel. */
  static boolean isUnsupported(IOException e) {
    return is(Errno.EOPNOTSUPP, e);
  }

  private static boolean is(Errno errno, IOException e) {
    return errno.text().equals(Reasons.of(e));
  }
}
