package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/** The pids controller of one hierarchy: {@code pids_cgrp_subsys}. It keeps no state of its own. */
public final class PidsController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "pids";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new PidsGroup(root);
  }

  /**
   * Makes the part of a new group. It has no limit, and takes none from its parent: {@code
   * pids_css_alloc}.
   */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new PidsGroup(group);
  }

  /**
   * Counts the members anew, of the group and of all above it, so that their highest number is
   * right: {@code pids_can_attach}.
   */
  @Override
  public void attached(Cgroup group) {
    for (Cgroup at = group; at != null; at = at.parent()) {
      PidsGroup.of(at).current();
    }
  }

  /**
   * {@code pids_can_fork}: one more must fit into the group and into all above it. If it does not,
   * the group of who forks counts that, and not the one with the limit.
   */
  @Override
  public void canFork(Cgroup group) throws ErrnoException {
    for (Cgroup at = group; at != null; at = at.parent()) {
      PidsGroup above = PidsGroup.of(at);
      if (above.current() >= above.limit()) {
        PidsGroup.of(group).countRefusal();
        throw new ErrnoException(
            Errno.EAGAIN,
            "%s has %d tasks, the most there can be: raise its pids.max, or let one end"
                .formatted(at.path(), above.current()));
      }
    }
  }
}
