package io.github.vcgroupfs.kernel;

/**
 * Who makes a call, as the FUSE context tells. Immutable.
 *
 * @param uid the file-system user id
 * @param gid the file-system group id
 * @param tid the thread, in the daemon's pid namespace; 0 where the kernel does not tell
 */
public record Caller(int uid, int gid, int tid) {
  /** The daemon itself, for calls that no process makes. */
  public static final Caller SELF = new Caller(0, 0, 0);
}
