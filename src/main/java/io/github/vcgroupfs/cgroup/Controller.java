package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * A controller does something with the groups of a hierarchy: it counts memory, or limits the
 * number of processes. The kernel calls it a subsystem ({@code struct cgroup_subsys}).
 *
 * <p>One object belongs to one hierarchy. All methods but {@link #name} are called by this package,
 * under the lock of the hierarchy; {@link #attached} is called without it.
 */
public interface Controller {
  /**
   * The kernel's name for the controller, such as {@code memory}. It is in {@code /proc/cgroups},
   * and most file names begin with it.
   */
  String name();

  /**
   * Makes what this controller keeps of the root: {@code css_alloc} without a parent. Nobody can
   * see the root yet.
   */
  ControllerState createRoot(Cgroup root);

  /**
   * Makes what this controller keeps of a new group: {@code css_alloc}. Nobody can see the group
   * yet. The parent has its state already.
   *
   * @throws ErrnoException if no more groups are allowed; then nothing has changed
   */
  ControllerState create(Cgroup group, Cgroup parent) throws ErrnoException;

  /**
   * Called before a group is removed, while it is empty and still alive: {@code pre_destroy} of old
   * kernels.
   *
   * @throws ErrnoException if the group must stay; then nothing has changed in this controller
   */
  default void preDestroy(Cgroup group) throws ErrnoException {}

  /**
   * Called after a group was removed, and also when a group could not be made because another
   * controller refused it. The controller gives back what the group held elsewhere, such as memory
   * charged to its parent. {@code css_offline}, {@code css_free}.
   */
  default void offline(Cgroup group) {}

  /**
   * Called before a process or thread is moved into a group, when it is known that it exists and
   * that the caller may move it: {@code can_attach}. Every call that throws nothing is followed by
   * {@link #attached} or {@link #cancelAttach}.
   *
   * @param id the thread, or any thread of the process, in the daemon's pid namespace
   * @throws ErrnoException if it must not be moved there; then nothing is moved in any way
   */
  default void canAttach(Cgroup group, int id, Membership.Scope scope) throws ErrnoException {}

  /** Called when nothing was moved after {@link #canAttach}: {@code cancel_attach}. */
  default void cancelAttach(Cgroup group) {}

  /** Called after a process or thread was moved into a group: {@code css_set_move_task}. */
  default void attached(Cgroup group) {}

  /**
   * Called before a process or thread of a group is copied: {@code can_fork}. Nobody calls it for
   * real processes, whose kernel does not ask us.
   *
   * @param group the group of who forks, where the new one will be
   * @throws ErrnoException if there must be no more
   */
  default void canFork(Cgroup group) throws ErrnoException {}
}
