package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;

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
}
