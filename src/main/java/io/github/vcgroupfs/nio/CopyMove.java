package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import io.github.vcgroupfs.vfs.Stat;
import io.github.vcgroupfs.vfs.Vfs;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * Copies and moves as the JDK does on Linux, call by call. A group can be copied: that makes an
 * empty one, as {@code mkdir} does. A control file cannot, since nobody can make one. Used for one
 * copy or move.
 */
final class CopyMove {
  private final CgroupPath source;
  private final CgroupPath target;
  private final CopyOptions options;
  private final Vfs from;
  private final Vfs to;

  CopyMove(CgroupPath source, CgroupPath target, CopyOptions options) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.from = source.home().vfs();
    this.to = target.home().vfs();
  }

  void copy() throws IOException {
    Stat found = sourceStat(options.follow());
    if (Jdk.ASKS_ACCESS_BEFORE_COPY && (!found.isLink() || options.follow())) {
      Outcome.done(() -> from.access(source.at(), Vfs.R_OK)).orThrow(source);
    }
    if (!makeRoom(found)) {
      copyTo(found);
    }
  }

  void move() throws IOException {
    if (options.atomic()) {
      Outcome<Boolean> renamed = rename();
      if (renamed.is(Errno.EXDEV)) {
        throw renamed.because(
            new AtomicMoveNotSupportedException(
                source.toString(), target.toString(), renamed.text()));
      }
      renamed.orThrow(source, target);
      return;
    }
    Stat found = sourceStat(false);
    if (Jdk.ASKS_ACCESS_BEFORE_COPY && found.isDirectory()) {
      Outcome.done(() -> from.access(source.at(), Vfs.W_OK)).orThrow(source);
    }
    if (makeRoom(found)) {
      return;
    }
    Outcome<Boolean> renamed = rename();
    if (!renamed.is(Errno.EXDEV) && !renamed.is(Errno.EISDIR)) {
      renamed.orThrow(source, target);
      return;
    }
    if (found.isDirectory()) {
      requireEmpty();
    }
    copyTo(found);
    removeSource(found);
  }

  private Stat sourceStat(boolean follow) throws IOException {
    Outcome<Stat> outcome = Outcome.restarted(() -> from.stat(source.at(), follow));
    if (Jdk.NAME_BELOW_FILE_IS_ABSENT && outcome.is(Errno.ENOTDIR)) {
      throw outcome.failure(Errno.ENOENT, source, null);
    }
    return outcome.orThrow(source);
  }

  /** Two file systems are two mounts, even with the same numbers. */
  private Outcome<Boolean> rename() {
    return Outcome.done(
        () -> {
          if (from != to) {
            throw new ErrnoException(
                Errno.EXDEV,
                target + " is on another file system: a group stays in the one where it was made");
          }
          from.rename(source.at(), target.at());
        });
  }

  /** Removes what is at the target. Says whether source and target are the same file. */
  private boolean makeRoom(Stat found) throws IOException {
    Stat there = Outcome.restarted(() -> to.stat(target.at(), false)).orNull();
    if (there == null) {
      return false;
    }
    if (from == to && found.isSameFile(there)) {
      return true;
    }
    if (!options.replace()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Outcome<Boolean> removed = remove(to, target.at(), there);
    if (there.isDirectory() && removed.isNotEmpty()) {
      throw removed.because(new DirectoryNotEmptyException(target.toString()));
    }
    if (!(Jdk.ASKS_ACCESS_BEFORE_COPY && removed.is(Errno.ENOENT))) {
      removed.orThrow(target);
    }
    return false;
  }

  private static Outcome<Boolean> remove(Vfs vfs, At at, Stat stat) {
    return Outcome.done(
        () -> {
          if (stat.isDirectory()) {
            vfs.rmdir(at);
          } else {
            vfs.unlink(at);
          }
        });
  }

  private void copyTo(Stat found) throws IOException {
    if (found.isDirectory()) {
      copyDirectory(found);
    } else if (found.isLink()) {
      String link = Outcome.of(() -> from.readlink(source.at())).orThrow(source);
      made(Outcome.done(() -> to.symlink(link, target.at())));
    } else {
      OpenFile open = Outcome.of(() -> from.open(source.at(), OpenHow.READ)).orThrow(source);
      open.close();
      made(Outcome.of(() -> to.open(target.at(), OpenHow.CREATE_NEW)));
    }
  }

  /** What was to be made at the target. */
  private <T> T made(Outcome<T> outcome) throws IOException {
    if (Jdk.ASKS_ACCESS_BEFORE_COPY && options.replace() && outcome.is(Errno.EEXIST)) {
      throw outcome.because(new FileSystemException(target.toString()));
    }
    return outcome.orThrow(target);
  }

  private void copyDirectory(Stat found) throws IOException {
    made(Outcome.done(() -> to.mkdir(target.at(), found.mode())));
    if (!options.attributes()) {
      return;
    }
    OpenFile made = Outcome.of(() -> to.open(target.at(), OpenHow.READ)).orNull();
    try {
      copyAttributes(found, made);
      Outcome<Boolean> timed =
          Outcome.done(
              () -> {
                long atimeNs = found.inode().times().atimeNs();
                long mtimeNs = found.inode().times().mtimeNs();
                if (made == null) {
                  to.utimens(target.at(), atimeNs, mtimeNs, true);
                } else {
                  made.utimens(atimeNs, mtimeNs);
                }
              });
      if (!timed.isOk()) {
        Outcome.done(() -> to.rmdir(target.at())).orNull();
      }
      timed.orThrow(target);
    } finally {
      if (made != null) {
        made.close();
      }
    }
  }

  /** Owner, mode and extended attributes: what cannot be copied is left out. */
  private void copyAttributes(Stat found, @Nullable OpenFile made) {
    Outcome.done(
            () -> {
              if (made == null) {
                to.chown(target.at(), found.inode().uid(), found.inode().gid(), true);
                to.chmod(target.at(), found.inode().mode());
              } else {
                made.chown(found.inode().uid(), found.inode().gid());
                made.chmod(found.inode().mode());
              }
            })
        .orNull();
    OpenFile open =
        made == null ? null : Outcome.of(() -> from.open(source.at(), OpenHow.READ)).orNull();
    if (made == null || open == null) {
      return;
    }
    try {
      Outcome.done(
              () -> {
                for (String name : open.listxattr()) {
                  Outcome.done(() -> made.setxattr(name, open.getxattr(name))).orNull();
                }
              })
          .orNull();
    } finally {
      open.close();
    }
  }

  private void requireEmpty() throws IOException {
    OpenFile open = Outcome.of(() -> from.open(source.at(), OpenHow.READ)).orThrow(source);
    try {
      boolean empty =
          Outcome.of(open::names).orThrow(source).stream()
              .allMatch(name -> name.equals(".") || name.equals(".."));
      if (!empty) {
        throw new DirectoryNotEmptyException(source.toString());
      }
    } finally {
      open.close();
    }
  }

  private void removeSource(Stat found) throws IOException {
    Outcome<Boolean> removed = remove(from, source.at(), found);
    if (removed.isOk()) {
      return;
    }
    remove(to, target.at(), found).orNull();
    if (found.isDirectory() && removed.isNotEmpty()) {
      throw removed.because(new DirectoryNotEmptyException(source.toString()));
    }
    removed.orThrow(source);
  }
}
