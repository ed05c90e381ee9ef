package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * A controller, which the kernel calls a subsystem ({@code struct cgroup_subsys}): what a hierarchy
 * does with its groups beside keeping them. One object belongs to one hierarchy. The core calls all
 * methods but {@link #name} under the hierarchy's lock.
 */
public interface Controller {
  /**
   * The kernel's name of it, {@code memory}, in {@code /proc/cgroups} and in front of its files.
   */
  String name();

  /** What it keeps of the root: {@code css_alloc} without a parent. Nobody can see it yet. */
  ControllerState createRoot(Cgroup root);

  /**
   * What it keeps of a new group: {@code css_alloc}. Nobody can see the group yet; the group above
   * has its state already.
   *
   * @throws ErrnoException if there can be no group more; then nothing has changed
   */
  ControllerState create(Cgroup group, Cgroup parent) throws ErrnoException;

  /**
   * A group is about to be removed: it is empty, and still alive. {@code pre_destroy} of old
   * kernels.
   *
   * @throws ErrnoException if it must stay; then nothing has changed here
   */
  default void preDestroy(Cgroup group) throws ErrnoException {}

  /**
   * A group was removed, or could not be made because another controller refused it. What it held
   * outside itself is given back. {@code css_offline}, {@code css_free}.
   */
  default void offline(Cgroup group) {}

  /** A task was moved into a group: {@code css_set_move_task}. */
  default void attached(Cgroup group) {}
}
