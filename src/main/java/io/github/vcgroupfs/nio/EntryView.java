package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import io.github.vcgroupfs.vfs.Stat;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code posix} of an open directory, or of a name in it. Immutable.
 *
 * @param directory the path that was opened
 * @param open the open directory
 * @param entry the name; null for the directory itself
 * @param follow whether a link is followed
 * @param requireOpen fails when the stream is closed
 */
record EntryView(
    CgroupPath directory,
    OpenFile open,
    @Nullable CgroupPath entry,
    boolean follow,
    Runnable requireOpen)
    implements PosixFileAttributeView {
  @Override
  public String name() {
    return "posix";
  }

  private At at(CgroupPath there) {
    return new At(open, there.bytes());
  }

  /** A call on an open file. */
  private interface Use {
    void use(OpenFile file) throws ErrnoException;
  }

  /** The JDK opens the file for most changes, so that one which cannot be read fails. */
  private void onOpenFile(Use use) throws IOException {
    requireOpen.run();
    CgroupPath there = entry;
    if (there == null) {
      Outcome.done(() -> use.use(open)).orThrow(null);
      return;
    }
    OpenHow how = follow ? OpenHow.READ : OpenHow.READ_NO_FOLLOW;
    OpenFile file =
        Outcome.restarted(() -> directory.home().vfs().open(at(there), how)).orThrow(there);
    try {
      Outcome.done(() -> use.use(file)).orThrow(there);
    } finally {
      file.close();
    }
  }

  @Override
  public PosixAttributes readAttributes() throws IOException {
    requireOpen.run();
    CgroupPath there = entry;
    Outcome<Stat> outcome =
        there == null
            ? Outcome.of(open::stat)
            : Outcome.restarted(() -> directory.home().vfs().stat(at(there), follow));
    return PosixAttributes.of(outcome.orThrow(there));
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    onOpenFile(
        file -> {
          Stat now = file.stat();
          file.utimens(
              nanoseconds(lastAccessTime, now.inode().times().atimeNs()),
              nanoseconds(lastModifiedTime, now.inode().times().mtimeNs()));
        });
  }

  private static long nanoseconds(@Nullable FileTime wanted, long nowNs) throws ErrnoException {
    long ns = wanted == null ? nowNs : ViewedFile.nanoseconds(wanted);
    if (Jdk.ENTRY_TIMES_IN_MICROSECONDS) {
      ns = TimeUnit.MICROSECONDS.toNanos(Math.floorDiv(ns, 1000L));
    }
    if (!ViewedFile.isTimespec(ns)) {
      throw new ErrnoException(
          Errno.EINVAL, "%d ns before 1970 are no whole seconds: round them".formatted(-ns));
    }
    return ns;
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> perms) throws IOException {
    int mode = FileModes.mode(perms);
    CgroupPath there = entry;
    if (there == null || !follow) {
      onOpenFile(file -> file.chmod(mode));
      return;
    }
    requireOpen.run();
    Outcome.done(() -> directory.home().vfs().chmod(at(there), mode)).orThrow(there);
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    int uid = ViewedFile.uid(owner);
    onOpenFile(file -> file.chown(uid, -1));
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    int gid = ViewedFile.gid(group);
    onOpenFile(file -> file.chown(-1, gid));
  }
}
