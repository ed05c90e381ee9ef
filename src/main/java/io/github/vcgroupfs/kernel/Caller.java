package io.github.vcgroupfs.kernel;

/**
 * The process that makes a call, as FUSE reports it. Immutable.
 *
 * @param uid the file-system user id
 * @param gid the file-system group id
 * @param tid the id of the thread, in the daemon's pid namespace; 0 if the kernel does not say
 */
public record Caller(int uid, int gid, int tid) {
  /** The daemon itself, for calls that no other process makes. */
  public static final Caller SELF = new Caller(0, 0, 0);
}
