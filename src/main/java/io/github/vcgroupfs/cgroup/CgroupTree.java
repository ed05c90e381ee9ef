package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One hierarchy: a tree of groups with its controllers. It follows the rules of one kernel profile.
 * Every change of the tree is a method of this class. In the kernel: {@code
 * kernel/cgroup/cgroup-v1.c}.
 *
 * <p>One mount can have several hierarchies. Each has its own groups, members and controllers, and
 * does not know about the others.
 *
 * <p><b>Concurrency:</b> thread-safe. Methods that change something take the lock of the hierarchy.
 * Methods that only read do not.
 */
public final class CgroupTree {
  private final TreeLock lock = new TreeLock();
  private final KernelProfile profile;
  private final List<Controller> controllers;
  private final Membership membership;
  private final Events events;
  private final Releases releases;
  private final List<GroupListener> listeners = new CopyOnWriteArrayList<>();
  private final List<NewsListener> newsListeners = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final Cgroup root;

  /**
   * A hierarchy that has only its root.
   *
   * @param profile the kernel whose rules apply
   * @param controllers the controllers of this hierarchy; each object belongs to this hierarchy
   *     alone
   * @param membership says which processes are in which group; belongs to this hierarchy alone
   * @param notifier finds the descriptors of clients that ask for events
   */
  public CgroupTree(
      KernelProfile profile,
      List<Controller> controllers,
      Membership membership,
      Notifier notifier) {
    this.profile = profile;
    this.controllers = List.copyOf(controllers);
    this.membership = membership;
    this.events = new Events(notifier);
    this.releases = new Releases(membership);
    this.listeners.add(events::offline);
    this.root = new Cgroup(null, ids.incrementAndGet(), "", lock, membership);
    lock.runQuietly(() -> this.controllers.forEach(each -> root.addState(each.createRoot(root))));
  }

  /** The kernel whose rules apply. */
  public KernelProfile profile() {
    return profile;
  }

  /** The group at the top. */
  public Cgroup root() {
    return root;
  }

  /**
   * The group at a path, or null if there is none.
   *
   * @param path names with slashes between them, from the root; a leading slash makes no difference
   */
  public @Nullable Cgroup find(String path) {
    Cgroup group = root;
    for (String name : path.split("/", -1)) {
      if (group != null && !name.isEmpty()) {
        group = group.child(name);
      }
    }
    return group;
  }

  /** The controllers, in the order in which their files are listed. */
  public List<Controller> controllers() {
    return controllers;
  }

  /**
   * The controller of that type.
   *
   * @throws IllegalArgumentException if this hierarchy does not have it
   */
  public <C extends Controller> C controller(Class<C> type) {
    for (Controller each : controllers) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    throw new IllegalArgumentException("this hierarchy has no " + type.getSimpleName());
  }

  /** Says which processes are in which group. */
  public Membership membership() {
    return membership;
  }

  /** The registrations for events in this hierarchy. */
  public Events events() {
    return events;
  }

  /** Finds groups that have become empty, for the release agent. */
  public Releases releases() {
    return releases;
  }

  /** Adds a listener. It is called for every group that is removed from now on. */
  public void addGroupListener(GroupListener listener) {
    listeners.add(listener);
  }

  /** Adds a listener for failures that come after the call. */
  public void addNewsListener(NewsListener listener) {
    newsListeners.add(listener);
  }

  /**
   * Tells that something failed which a call had begun and did not wait for. The caller holds no
   * lock.
   *
   * @param file the name of the file whose command had begun it
   * @param subject what failed, as the command calls it
   */
  public void tellFailure(Cgroup group, String file, String subject, ErrnoException failure) {
    newsListeners.forEach(each -> each.failed(group, file, subject, failure));
  }

  /**
   * Makes a new group: {@code cgroup_mkdir}.
   *
   * @throws ErrnoException ENOENT if the parent was removed, EEXIST if the name is in use, EINVAL
   *     if this kernel does not allow the name; or the error of a controller that refuses another
   *     group
   */
  public Cgroup mkdir(Cgroup parent, String name) throws ErrnoException {
    return mkdir(parent, name, group -> {});
  }

  /**
   * The same, for who keeps something of each group.
   *
   * @param born is given the group before anybody can see it
   */
  public Cgroup mkdir(Cgroup parent, String name, Consumer<Cgroup> born) throws ErrnoException {
    return lock.get(
        () -> {
          if (!parent.isAlive()) {
            throw new ErrnoException(
                Errno.ENOENT, "the parent of \"%s\" is gone: make it again".formatted(name));
          }
          TreeRules.requireUsableName(profile, parent, name);
          Cgroup group = new Cgroup(parent, ids.incrementAndGet(), name, lock, membership);
          create(group, parent);
          born.accept(group);
          parent.addChild(group);
          return group;
        });
  }

  /** Has every controller make its part of a group, or none. */
  private void create(Cgroup group, Cgroup parent) throws ErrnoException {
    int made = 0;
    try {
      for (Controller each : controllers) {
        group.addState(each.create(group, parent));
        made++;
      }
    } finally {
      if (made < controllers.size()) {
        controllers.subList(0, made).forEach(each -> each.offline(group));
      }
    }
  }

  /**
   * Removes a group: {@code cgroup_rmdir}.
   *
   * @throws ErrnoException EBUSY if the group has processes or children, or is the root; ENOENT if
   *     it was removed already; or the error of a controller that refuses
   */
  public void rmdir(Cgroup group) throws ErrnoException {
    releases.keepMembers(
        () -> {
          Cgroup parent = requireRemovable(group);
          // not under the tree's lock, because it may take long; who is empty now stays so
          TreeRules.requireEmpty(group, "removed");
          lock.run(() -> remove(group, parent));
          releases.removed(group, parent);
        });
    for (GroupListener each : listeners) {
      each.offline(group);
    }
  }

  private static Cgroup requireRemovable(Cgroup group) throws ErrnoException {
    Cgroup parent = group.parent();
    if (parent == null) {
      throw new ErrnoException(Errno.EBUSY, "the root stays while mounted: use umount");
    }
    if (!group.isAlive()) {
      throw new ErrnoException(Errno.ENOENT, group.path() + " is gone: nothing to do");
    }
    return parent;
  }

  private void remove(Cgroup group, Cgroup parent) throws ErrnoException {
    TreeRules.requireChildless(group, "removed"); // one may have been made since the last look
    for (Controller each : controllers) {
      each.preDestroy(group);
    }
    group.kill(); // its events stay silent from here
    controllers.forEach(each -> each.offline(group));
    parent.removeChild(group);
  }

  /**
   * Gives a group another name below the same parent: {@code cgroup_rename}.
   *
   * @throws ErrnoException EEXIST if the name is in use, EINVAL if this kernel does not allow the
   *     name, EBUSY if the group is the root, ENOENT if it was removed
   */
  public void rename(Cgroup group, String newName) throws ErrnoException {
    lock.run(
        () -> {
          Cgroup parent = group.parent();
          if (parent == null) {
            throw new ErrnoException(Errno.EBUSY, "the root has no name: rename a group below");
          }
          if (!group.isAlive()) {
            throw new ErrnoException(Errno.ENOENT, group.path() + " is gone: make it again");
          }
          TreeRules.requireUsableName(profile, parent, newName);
          parent.removeChild(group);
          group.rename(newName);
          parent.addChild(group);
        });
  }

  /**
   * Moves a process or thread into a group, if every controller agrees: {@code
   * cgroup_migrate_execute}.
   *
   * @throws ErrnoException the errors of {@link Membership#attach}, and ENODEV if the group was
   *     removed; or the error of a controller that refuses
   */
  public void attach(Cgroup group, int pid, Membership.Scope scope, Caller caller)
      throws ErrnoException {
    List<Controller> agreed = new ArrayList<>();
    boolean moved = false;
    try {
      releases.attach(group, pid, scope, caller, id -> askAll(agreed, group, id, scope));
      moved = true;
    } finally {
      if (!moved) {
        lock.runQuietly(() -> agreed.forEach(each -> each.cancelAttach(group)));
      }
    }
    controllers.forEach(each -> each.attached(group));
  }

  /**
   * Asks each controller whether a task of a group may fork: {@code cgroup_can_fork}.
   *
   * @throws ErrnoException the error of a controller that refuses
   */
  public void canFork(Cgroup group) throws ErrnoException {
    lock.run(
        () -> {
          for (Controller each : controllers) {
            each.canFork(group);
          }
        });
  }

  /**
   * Asks each controller whether a task may come.
   *
   * @param agreed gets those that do not refuse
   */
  private void askAll(List<Controller> agreed, Cgroup group, int id, Membership.Scope scope)
      throws ErrnoException {
    lock.run(
        () -> {
          for (Controller each : controllers) {
            each.canAttach(group, id, scope);
            agreed.add(each);
          }
        });
  }

  /**
   * Writes one of the two flags that every group has.
   *
   * @throws ErrnoException ENODEV if the group was removed
   */
  public void set(Cgroup group, CoreSetting setting, boolean value) throws ErrnoException {
    switch (setting) {
      case NOTIFY_ON_RELEASE -> releases.setNotify(group, value);
      case CLONE_CHILDREN ->
          lock.run(
              () -> {
                TreeRules.requireAlive(group);
                group.setCloneChildren(value);
              });
    }
  }
}
