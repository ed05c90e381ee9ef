package io.github.vcgroupfs.cgroupfs;

/** The calls that are recorded, under the names {@code sim.why} and {@code sim.fault} use. */
public enum Call {
  OPEN(false),
  READ(false),
  WRITE(true),
  MKDIR(true),
  RMDIR(true),
  RENAME(true),
  CREATE(true),
  MKNOD(true),
  UNLINK(true),
  SYMLINK(true),
  LINK(true),
  CHMOD(true),
  CHOWN(true),
  UTIMENS(true),
  SETXATTR(true),
  REMOVEXATTR(true),
  /** Not a call of anybody: the kernel starts the program. */
  RELEASE_AGENT(true);

  private final boolean mutates;

  Call(boolean mutates) {
    this.mutates = mutates;
  }

  /** Whether it is recorded when it succeeds, too. */
  boolean mutates() {
    return mutates;
  }

  /** Lower case, as in the log. */
  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
