package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What callers may have the daemon do for them. The mount's owner and root may do everything;
 * everybody else is a <i>user</i>, whatever groups and files belong to him. Immutable.
 *
 * @param owner who mounted; the root directory is his
 * @param userTraffic whether users may write to the files that reach beyond their groups
 */
public record Rights(Caller owner, boolean userTraffic) {
  /** The option that lets users in. */
  public static final String ALLOW_OPTION = "--allow-user-traffic";

  /** The rights in a mount without options. */
  public static Rights byDefault(Caller owner) {
    return new Rights(owner, false);
  }

  /** Whether this caller is the mount's owner or root. */
  public boolean isOwner(Caller caller) {
    return caller.uid() == 0 || caller.uid() == owner.uid();
  }

  /**
   * Refuses what only the mount's owner and root may do, unless users may, too.
   *
   * @param what the file, or the part of it, that reaches beyond the group of the caller
   * @throws ErrnoException EPERM for a user who may not
   */
  public void requireUserTraffic(Caller caller, String what) throws ErrnoException {
    if (!userTraffic && !isOwner(caller)) {
      throw new ErrnoException(
          Errno.EPERM,
          "%s is for uid %s, who mounted, and for root, not for uid %s, whoever owns the group: %s of mount lets users"
              .formatted(what, text(owner), text(caller), ALLOW_OPTION));
    }
  }

  private static String text(Caller who) {
    return Integer.toUnsignedString(who.uid());
  }
}
