package io.github.vcgroupfs.perfevent;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;

/** The perf_event controller of one hierarchy: {@code perf_event_cgrp_subsys}. Keeps no state. */
public final class PerfEventController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "perf_event";

  /** There is nothing to keep of a group. */
  private enum Nothing implements ControllerState {
    NOTHING
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return Nothing.NOTHING;
  }

  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return Nothing.NOTHING;
  }
}
