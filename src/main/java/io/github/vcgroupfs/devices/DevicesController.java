package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.function.LongSupplier;

/** The devices controller of one hierarchy: {@code devices_cgrp_subsys}. */
public final class DevicesController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "devices";

  private final AccessRules rules;
  private final ChildGroups children;

  /**
   * A controller with the rules of this kernel.
   *
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public DevicesController(KernelProfile profile, LongSupplier nanoTime) {
    this.children = new ChildGroups(profile, nanoTime);
    this.rules =
        profile.has(KernelFeature.DEVICES_EXCEPTIONS)
            ? new Exceptions(profile.has(KernelFeature.DEVICES_PARTIAL_MATCH), children)
            : new Whitelist();
  }

  @Override
  public String name() {
    return NAME;
  }

  AccessRules rules() {
    return rules;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new DevicesGroup(rules.ofRoot());
  }

  /** Makes the part of a new group, which begins with what its parent has now. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new DevicesGroup(DevicesGroup.of(parent).access());
  }

  @Override
  public void offline(Cgroup group) {
    children.offline(group);
  }
}
