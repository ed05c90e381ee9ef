package io.github.vcgroupfs.cgroupfs.call;

import io.github.vcgroupfs.kernel.Errno;
import java.util.Locale;
import java.util.Set;

/**
 * The calls that are recorded. {@code sim.why} and {@code sim.fault} use these names. Each call has
 * the errors that a kernel's cgroupfs can return for it ({@code fs/kernfs}, {@code
 * kernel/cgroup/cgroup-v1.c}). Errors that only some files return are in the rows of those files.
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
  /** Nobody makes this call: the kernel starts the program. */
  RELEASE_AGENT(true),
  /** Nobody makes this call: the daemon looks up a host name. */
  RESOLVE(true);

  private final boolean mutates;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of: nobody can change it
  private final Set<Errno> errors;

  FsCall(boolean mutates, Errno... errors) {
    this.mutates = mutates;
    this.errors = Set.of(errors);
  }

  /** Whether a call that succeeds is recorded, too. */
  public boolean mutates() {
    return mutates;
  }

  /** The errors that a kernel can return for any file. */
  public Set<Errno> errors() {
    return errors;
  }

  /** Whether a program makes this call, so that {@code sim.fault} can make it fail. */
  public boolean isOfCallers() {
    return this != RELEASE_AGENT && this != RESOLVE;
  }

  /** Whether the call is about a name in a directory, and not about what the directory contains. */
  public boolean isOfNames() {
    return this == MKDIR || this == RMDIR || this == RENAME;
  }

  /**
   * Whether a refusal is recorded. Refusals for extended attributes are not, because {@code ls} and
   * the kernel ask for missing ones all the time.
   */
  public boolean isRecorded() {
    return this != GETXATTR && this != LISTXATTR;
  }

  /** The name in lower case, as in the log. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
