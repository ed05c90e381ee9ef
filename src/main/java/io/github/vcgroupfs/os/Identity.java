package io.github.vcgroupfs.os;

/**
 * The user and the rights of this process. Immutable.
 *
 * @param uid the effective user id
 * @param gid the effective group id
 * @param mayMount whether it has CAP_SYS_ADMIN in its user namespace, so that mount(2) works
 */
public record Identity(int uid, int gid, boolean mayMount) {
  /** {@code include/uapi/linux/capability.h}. */
  private static final int CAP_SYS_ADMIN = 21;

  /** The identity of this process. */
  public static Identity self() {
    return of(TaskStatus.self());
  }

  static Identity of(TaskStatus task) {
    return new Identity(task.uids().effective(), task.gids().effective(), task.has(CAP_SYS_ADMIN));
  }

  /** Whether the user is root, here or in its user namespace. */
  public boolean isRoot() {
    return uid == 0;
  }
}
