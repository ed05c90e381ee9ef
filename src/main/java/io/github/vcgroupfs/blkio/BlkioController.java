package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Machine;
import java.util.Optional;

/** The blkio controller of one hierarchy: {@code io_cgrp_subsys}. */
public final class BlkioController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "blkio";

  private final Machine machine;

  /**
   * A controller without groups.
   *
   * @param machine says which devices there are
   */
  public BlkioController(Machine machine) {
    this.machine = machine;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new BlkioGroup(true);
  }

  /** A new group has no rules, and takes none from its parent: {@code blkcg_css_alloc}. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    return new BlkioGroup(false);
  }

  /** The device with that number, if it is there now. */
  Optional<BlockDevice> device(DeviceNumber number) {
    return machine.blockDevice(number.major(), number.minor());
  }
}
