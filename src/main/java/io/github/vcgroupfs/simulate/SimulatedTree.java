package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import java.util.List;

/**
 * Makes the hierarchies for simulations. They have no processes, and an error in the counts is an
 * exception.
 */
final class SimulatedTree {
  /** A defect of the model must not become a wrong answer. */
  static final ModelListener LISTENER =
      units -> {
        throw new IllegalStateException(units + " units more uncharged than charged");
      };

  private SimulatedTree() {}

  /** A hierarchy with that controller alone. */
  static CgroupTree of(MemoryController memory) {
    return new CgroupTree(memory.profile(), List.of(memory), Membership.NOBODY, Notifier.NONE);
  }
}
