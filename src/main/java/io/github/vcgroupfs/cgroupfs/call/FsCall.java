package io.github.vcgroupfs.cgroupfs.call;

import io.github.vcgroupfs.kernel.Errno;
import java.util.Locale;
import java.util.Set;

/**
 * The calls that are recorded, under the names {@code sim.why} and {@code sim.fault} use, each with
 * the errors a kernel's cgroupfs can answer it with ({@code fs/kernfs}, {@code
 * kernel/cgroup/cgroup-v1.c}); what single files can add is with their rows.
 */
public enum FsCall {
  OPEN(false, Errno.EACCES, Errno.EINVAL, Errno.ENODEV, Errno.ENOENT, Errno.ENOMEM),
  OPENDIR(false, Errno.EACCES, Errno.ENOENT, Errno.ENOMEM, Errno.ENOTDIR),
  READ(false, Errno.EINTR, Errno.EINVAL, Errno.ENODEV, Errno.ENOMEM),
  WRITE(true, Errno.E2BIG, Errno.EINTR, Errno.EINVAL, Errno.ENODEV, Errno.ENOMEM, Errno.ERANGE),
  TRUNCATE(false, Errno.EACCES, Errno.EFBIG, Errno.EISDIR, Errno.ENOENT, Errno.ENOMEM, Errno.EPERM),
  FSYNC(false, Errno.EINVAL),
  MKDIR(
      true,
      Errno.EACCES,
      Errno.EEXIST,
      Errno.EINVAL,
      Errno.ENAMETOOLONG,
      Errno.ENODEV,
      Errno.ENOENT,
      Errno.ENOMEM,
      Errno.ENOSPC,
      Errno.EPERM),
  RMDIR(
      true,
      Errno.EACCES,
      Errno.EBUSY,
      Errno.EINTR,
      Errno.ENODEV,
      Errno.ENOENT,
      Errno.ENOTDIR,
      Errno.EPERM),
  RENAME(
      true,
      Errno.EACCES,
      Errno.EBUSY,
      Errno.EEXIST,
      Errno.EINVAL,
      Errno.EIO,
      Errno.ENAMETOOLONG,
      Errno.ENODEV,
      Errno.ENOENT,
      Errno.ENOMEM,
      Errno.ENOTDIR,
      Errno.EPERM),
  CREATE(true, Errno.EACCES, Errno.EPERM),
  MKNOD(true, Errno.EACCES, Errno.EPERM),
  UNLINK(true, Errno.EACCES, Errno.EPERM),
  SYMLINK(true, Errno.EACCES, Errno.EPERM),
  LINK(true, Errno.EACCES, Errno.EPERM, Errno.EXDEV),
  CHMOD(true, Errno.EACCES, Errno.ENOENT, Errno.ENOMEM, Errno.EPERM),
  CHOWN(true, Errno.EACCES, Errno.EINVAL, Errno.ENOENT, Errno.ENOMEM, Errno.EPERM),
  UTIMENS(true, Errno.EACCES, Errno.ENOENT, Errno.ENOMEM, Errno.EPERM),
  SETXATTR(
      true,
      Errno.E2BIG,
      Errno.EEXIST,
      Errno.EINVAL,
      Errno.ENODATA,
      Errno.ENOMEM,
      Errno.ENOSPC,
      Errno.EOPNOTSUPP,
      Errno.EPERM,
      Errno.ERANGE),
  GETXATTR(false, Errno.ENODATA, Errno.ENOMEM, Errno.EOPNOTSUPP, Errno.ERANGE),
  LISTXATTR(false, Errno.ENOMEM, Errno.ERANGE),
  REMOVEXATTR(true, Errno.ENODATA, Errno.ENOMEM, Errno.EOPNOTSUPP, Errno.EPERM),
  /** Not a call of anybody: the kernel starts the program. */
  RELEASE_AGENT(true);

  private final boolean mutates;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of: nobody can change it
  private final Set<Errno> errors;

  FsCall(boolean mutates, Errno... errors) {
    this.mutates = mutates;
    this.errors = Set.of(errors);
  }

  /** Whether it is recorded when it succeeds, too. */
  public boolean mutates() {
    return mutates;
  }

  /** What a kernel can answer, whichever file it is. */
  public Set<Errno> errors() {
    return errors;
  }

  /** Whether somebody calls it, so that it can be made to fail. */
  public boolean isOfCallers() {
    return this != RELEASE_AGENT;
  }

  /** Whether it is about a name in a directory and not about what is in it. */
  public boolean isOfNames() {
    return this == MKDIR || this == RMDIR || this == RENAME;
  }

  /**
   * Whether a refusal is worth a line: {@code ls} and the kernel ask for extended attributes that
   * are not there all the time.
   */
  public boolean isRecorded() {
    return this != GETXATTR && this != LISTXATTR;
  }

  /** Lower case, as in the log. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
