package io.github.vcgroupfs.cgroup;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One group of a hierarchy. It has a name, a place in the tree, two flags, and what each controller
 * keeps of it. The kernel calls it {@code struct cgroup}.
 *
 * <p><b>Concurrency:</b> any thread may read. Fields that can change are volatile, and are written
 * under the lock of the hierarchy.
 */
public final class Cgroup {
  private static final ControllerState[] NONE = {};

  private final @Nullable Cgroup parent;
  private final long id;
  private final TreeLock lock;
  private final Membership membership;

  /** In the order of the hierarchy's controllers; complete before anybody sees the group. */
  private ControllerState[] states = NONE;

  private volatile String name;
  private volatile boolean alive = true;
  // null until the first child: most of a hundred thousand groups never have one
  private volatile @Nullable Map<String, Cgroup> children;
  private volatile boolean notifyOnRelease;
  private volatile boolean cloneChildren;

  /** A group that is not in the tree yet. It takes its flags from its parent. */
  Cgroup(@Nullable Cgroup parent, long id, String name, TreeLock lock, Membership membership) {
    this.parent = parent;
    this.id = id;
    this.name = name;
    this.lock = lock;
    this.membership = membership;
    this.notifyOnRelease = parent != null && parent.notifyOnRelease;
    this.cloneChildren = parent != null && parent.cloneChildren;
  }

  /**
   * The number of this group. No other group of this hierarchy ever gets the same number, not even
   * after this one is removed.
   */
  public long id() {
    return id;
  }

  /** The name of the directory, with one char for each byte. Empty for the root. */
  public String name() {
    return name;
  }

  /** The group above this one, or null for the root. */
  public @Nullable Cgroup parent() {
    return parent;
  }

  /** Whether this is the root of the hierarchy. */
  public boolean isRoot() {
    return parent == null;
  }

  /** Whether the group is still in the tree, that is, not removed. */
  public boolean isAlive() {
    return alive;
  }

  /**
   * The path from the root, with a leading slash: {@code /a/b}. The path of the root is {@code /}.
   */
  public String path() {
    Cgroup above = parent;
    if (above == null) {
      return "/";
    }
    return above.isRoot() ? "/" + name : above.path() + "/" + name;
  }

  /** The child groups. This is a live view: later changes show in it. */
  public Collection<Cgroup> children() {
    Map<String, Cgroup> map = children;
    return map == null ? Collections.emptyList() : map.values();
  }

  /** The child group with this name, or null if there is none. */
  public @Nullable Cgroup child(String childName) {
    Map<String, Cgroup> map = children;
    return map == null ? null : map.get(childName);
  }

  /** Whether the group has child groups. */
  public boolean hasChildren() {
    Map<String, Cgroup> map = children;
    return map != null && !map.isEmpty();
  }

  /** The lock of the hierarchy that this group belongs to. */
  public TreeLock lock() {
    return lock;
  }

  /** Whether a process or thread that is alive is in the group. */
  public boolean isPopulated() {
    return membership.isPopulated(this);
  }

  /** The processes or threads that are in the group now: see {@link Membership#list}. */
  public int[] members(Membership.Scope scope) {
    return membership.list(this, scope);
  }

  /** Whether a thread is in the group. Asks {@link Membership#list}, which may take long. */
  public boolean hasThread(int tid) {
    return Arrays.binarySearch(members(Membership.Scope.THREAD), tid) >= 0;
  }

  /**
   * Whether the release agent is called when the group becomes empty: {@code notify_on_release}.
   */
  public boolean notifyOnRelease() {
    return notifyOnRelease;
  }

  /** The flag {@code cgroup.clone_children}: see {@link CoreSetting#CLONE_CHILDREN}. */
  public boolean cloneChildren() {
    return cloneChildren;
  }

  /**
   * What a controller keeps of this group.
   *
   * @param type the class of that controller's state
   * @throws IllegalArgumentException if the hierarchy does not have that controller
   */
  public <S extends ControllerState> S state(Class<S> type) {
    for (ControllerState state : states) {
      if (type.isInstance(state)) {
        return type.cast(state);
      }
    }
    throw new IllegalArgumentException("no controller here keeps a " + type.getSimpleName());
  }

  /** Preconditions: nobody but the controllers has seen the group yet. */
  void addState(ControllerState state) {
    states = Arrays.copyOf(states, states.length + 1);
    states[states.length - 1] = state;
  }

  void rename(String newName) {
    name = newName;
  }

  void kill() {
    alive = false;
  }

  void addChild(Cgroup child) {
    Map<String, Cgroup> map = children;
    if (map == null) {
      map = new ConcurrentHashMap<>(2);
      children = map;
    }
    map.put(child.name, child);
  }

  void removeChild(Cgroup child) {
    Map<String, Cgroup> map = children;
    if (map != null) {
      map.remove(child.name, child);
    }
  }

  void setNotifyOnRelease(boolean value) {
    notifyOnRelease = value;
  }

  void setCloneChildren(boolean value) {
    cloneChildren = value;
  }

  @Override
  public String toString() {
    return path();
  }
}
