package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;

/** The pids controller of one hierarchy: {@code pids_cgrp_subsys}. Keeps nothing itself. */
public final class PidsController implements Controller {
  /** The kernel's name of it. */
  public static final String NAME = "pids";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new PidsGroup(root);
  }

  /** {@code pids_css_alloc}: a new group has no limit, and takes none from its parent. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new PidsGroup(group);
  }

  /** {@code pids_can_attach}: a move is charged to the group and to all above it. */
  @Override
  public void attached(Cgroup group) {
    for (Cgroup at = group; at != null; at = at.parent()) {
      PidsGroup.of(at).current();
    }
  }
}
