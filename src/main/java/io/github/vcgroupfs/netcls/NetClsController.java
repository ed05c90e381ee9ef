package io.github.vcgroupfs.netcls;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;

/** The net_cls controller of one hierarchy: {@code net_cls_cgrp_subsys}. Keeps no state itself. */
public final class NetClsController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "net_cls";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new NetClsGroup(0);
  }

  /** A new group has the number of its parent: {@code cgrp_css_online}. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new NetClsGroup(NetClsGroup.of(parent).classId());
  }
}
