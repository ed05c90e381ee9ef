package io.github.vcgroupfs.os;

import java.util.function.Supplier;

/**
 * The file-system ids of a thread, which decide whose a new file or socket is: setfsuid(2) and
 * setfsgid(2). They are the thread's own. Only root can change them; for everybody else nothing
 * happens. Has no state.
 */
public final class FileIds {
  private FileIds() {}

  /**
   * Makes something that belongs to another user. The thread has its own ids again afterwards.
   *
   * @param uid the user
   * @param gid the group
   */
  public static <T> T during(int uid, int gid, Supplier<T> work) {
    int ownGid = Libc.setfsgid(gid); // both return the id of before
    int ownUid = Libc.setfsuid(uid);
    try {
      return work.get();
    } finally {
      Libc.setfsuid(ownUid);
      Libc.setfsgid(ownGid);
    }
  }
}
