package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.devices.DevicesGroup.Access;
import io.github.vcgroupfs.devices.DevicesGroup.Behavior;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * The rules since 3.7: a group allows or denies by default, and has a list of exceptions. What is
 * taken away is taken away from all groups below, too (since 3.10). Has no state.
 *
 * @param partial whether an exception of the parent counts if it has only some of the devices.
 *     Without, a child can allow all of a range of which its parent denies a part, and a group that
 *     allows by default can drop an exception of its parent
 * @param children which groups count as children
 */
record Exceptions(boolean partial, ChildGroups children) implements AccessRules {
  /** {@code devcgroup_online}. */
  @Override
  public Access ofRoot() {
    return Access.of(Behavior.DEFAULT_ALLOW);
  }

  @Override
  public ExceptionItem parse(byte[] written) throws ErrnoException {
    return AccessText.parse(written, false);
  }

  @Override
  public void allow(Cgroup group, ExceptionItem item) throws ErrnoException {
    DevicesGroup own = DevicesGroup.of(group);
    Cgroup above = group.parent();
    Access parent = above == null ? null : DevicesGroup.of(above).access();
    if (item.isAll()) {
      own.set(allowAll(group, parent));
    } else if (own.access().allowsByDefault()) {
      if (partial && parent != null && overlapsAny(parent, item)) { // parent_allows_removal
        throw denied(group, item);
      }
      own.set(own.access().minus(item));
    } else {
      if (!parentHasPerm(parent, item, own.access())) {
        throw denied(group, item);
      }
      own.set(own.access().plus(item));
    }
  }

  private Access allowAll(Cgroup group, @Nullable Access parent) throws ErrnoException {
    requireChildless(group);
    if (parent == null) {
      return Access.of(Behavior.DEFAULT_ALLOW);
    }
    if (!parent.allowsByDefault()) { // may_allow_all
      throw denied(group, ExceptionItem.ALL);
    }
    return parent;
  }

  @Override
  public void deny(Cgroup group, ExceptionItem item) throws ErrnoException {
    DevicesGroup own = DevicesGroup.of(group);
    if (item.isAll()) {
      requireChildless(group);
      own.set(Access.of(Behavior.DEFAULT_DENY));
    } else {
      own.set(own.access().allowsByDefault() ? own.access().plus(item) : own.access().minus(item));
      propagate(group, own.access().allowsByDefault(), item);
    }
  }

  /**
   * {@code propagate_exception}.
   *
   * @param rootAllows whether the group in which something was denied allows by default
   */
  private void propagate(Cgroup group, boolean rootAllows, ExceptionItem item) {
    Access parent = DevicesGroup.of(group).access();
    for (Cgroup child : group.children()) {
      DevicesGroup below = DevicesGroup.of(child);
      Access access = below.access();
      Access changed =
          rootAllows && access.allowsByDefault() ? access.plus(item) : access.minus(item);
      // revalidate_active_exceptions
      below.set(changed.keeping(each -> parentHasPerm(parent, each, changed)));
      propagate(child, rootAllows, item);
    }
  }

  /** Whether an entry of a group is within what its parent has: {@code parent_has_perm}. */
  private boolean parentHasPerm(@Nullable Access parent, ExceptionItem item, Access child) {
    if (parent == null) {
      return true;
    }
    boolean contained = parent.exceptions().stream().anyMatch(each -> each.contains(item));
    if (!parent.allowsByDefault()) {
      return contained;
    }
    return child.allowsByDefault() || !(partial ? overlapsAny(parent, item) : contained);
  }

  private static boolean overlapsAny(Access parent, ExceptionItem item) {
    return parent.exceptions().stream().anyMatch(each -> each.overlaps(item));
  }

  /** {@code css_has_online_children}. */
  private void requireChildless(Cgroup group) throws ErrnoException {
    if (!children.of(group).isEmpty()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s has child groups%s, so all devices cannot be allowed or denied at once: %s, or name devices"
              .formatted(
                  group.path(),
                  group.hasChildren() ? "" : " that are on their way out",
                  group.hasChildren() ? "remove them" : "wait a moment"));
    }
  }

  private static ErrnoException denied(Cgroup group, ExceptionItem item) {
    Cgroup parent = group.parent();
    return new ErrnoException(
        Errno.EPERM,
        "%s does not have all of %s, so %s cannot get it: allow it there first"
            .formatted(parent == null ? group.path() : parent.path(), item, group.path()));
  }
}
