package io.github.vcgroupfs.freezer;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Caller;
import java.util.List;
import java.util.function.Supplier;

/**
 * Stops the members of groups and lets them go on. A port: the controller says which groups are
 * meant, somebody outside does it. Thread-safe.
 */
public interface Stopper {
  /** Stops nobody. So that groups become FROZEN as in a kernel, all members count as stopped. */
  Stopper NOBODY =
      new Stopper() {
        @Override
        public void look(Supplier<List<Freezing>> groups) {}

        @Override
        public boolean hasStopped(Cgroup group) {
          return true;
        }
      };

  /**
   * A group whose members are to be stopped.
   *
   * @param by who asked for it, in this group or above: one of them must have the right to
   */
  record Freezing(Cgroup group, List<Caller> by) {
    /** Copies the list. */
    public Freezing {
      by = List.copyOf(by);
    }
  }

  /**
   * From now on the members of these groups are stopped, those that come later, too. Whoever was
   * stopped by this object and is in none of them goes on. It does not wait until they have
   * stopped. Preconditions: this thread holds no lock.
   *
   * @param groups says which groups freeze at the moment when it is asked, without a lock. So of
   *     two calls at once, neither goes by what was before the other
   */
  void look(Supplier<List<Freezing>> groups);

  /** Whether all members of a group have stopped. May be asked under the hierarchy's lock. */
  boolean hasStopped(Cgroup group);
}
