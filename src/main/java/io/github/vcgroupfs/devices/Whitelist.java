package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.devices.DevicesGroup.Access;
import io.github.vcgroupfs.devices.DevicesGroup.Behavior;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * The rules before 3.7: a group has a list of what is allowed, and "all devices" is one entry of
 * it. Groups below keep what they have when it is taken away above. Has no state.
 */
final class Whitelist implements AccessRules {
  /** {@code devcgroup_create}. */
  @Override
  public Access ofRoot() {
    return Access.of(Behavior.DEFAULT_DENY).plus(ExceptionItem.ALL);
  }

  @Override
  public ExceptionItem parse(byte[] written) throws ErrnoException {
    return AccessText.parse(written, true);
  }

  @Override
  public void allow(Cgroup group, ExceptionItem item) throws ErrnoException {
    Cgroup parent = group.parent();
    if (parent != null && !mayAccess(DevicesGroup.of(parent).access(), item)) {
      throw new ErrnoException(
          Errno.EPERM,
          "%s does not have %s, so %s cannot get it: allow it there first"
              .formatted(parent.path(), item, group.path()));
    }
    DevicesGroup own = DevicesGroup.of(group);
    own.set(own.access().plus(item));
  }

  /** {@code may_access_whitelist}. */
  private static boolean mayAccess(Access parent, ExceptionItem item) {
    return parent.exceptions().stream().anyMatch(each -> each.isAll() || each.contains(item));
  }

  /** {@code dev_whitelist_rm}: an entry that has more devices loses the access to all of them. */
  @Override
  public void deny(Cgroup group, ExceptionItem item) {
    DevicesGroup own = DevicesGroup.of(group);
    own.set(own.access().minus(each -> isHit(each, item), item.access()));
  }

  private static boolean isHit(ExceptionItem each, ExceptionItem denied) {
    return each.isAll()
        || (each.type() == denied.type()
            && (each.major() == ExceptionItem.ANY || each.major() == denied.major())
            && (each.minor() == ExceptionItem.ANY || each.minor() == denied.minor()));
  }
}
