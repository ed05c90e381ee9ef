package io.github.vcgroupfs.netprio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The net_prio controller of one hierarchy: {@code net_prio_cgrp_subsys}. It gives each group a
 * number, the smallest that is free. Groups are made and removed under the hierarchy's lock.
 */
public final class NetPrioController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "net_prio";

  /** {@code NETPRIO_ID_MAX}; until 3.8, the bits of {@code prioidx_map}. */
  private static final int MAX_INDEX = 65_535;

  private static final int OLD_MAX_INDEX = 1023;

  private final KernelProfile profile;
  private final Machine machine;
  private final BitSet taken = new BitSet();

  /**
   * A controller without groups.
   *
   * @param profile the kernel whose rules apply
   * @param machine says which interfaces there are
   */
  public NetPrioController(KernelProfile profile, Machine machine) {
    this.profile = profile;
    this.machine = machine;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    int index = inherits() ? 1 : 0;
    taken.set(0, index + 1);
    return new NetPrioGroup(index, Map.of());
  }

  /** {@code cgrp_css_online}; until 3.8, {@code cgrp_create}. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) throws ErrnoException {
    if (!inherits() && !parent.isRoot()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s has no net_prio groups below groups: make it in the root".formatted(profile));
    }
    int index = taken.nextClearBit(0);
    int most = inherits() ? MAX_INDEX : OLD_MAX_INDEX;
    if (index > most) {
      throw new ErrnoException(
          Errno.ENOSPC, "there are %d net_prio groups already: remove some".formatted(most));
    }
    taken.set(index);
    return new NetPrioGroup(index, inherits() ? NetPrioGroup.of(parent).priorities() : Map.of());
  }

  @Override
  public void offline(Cgroup group) {
    taken.clear(NetPrioGroup.of(group).index());
  }

  /** The interfaces that there are now. */
  List<String> interfaces() {
    return machine.interfaces();
  }

  private boolean inherits() {
    return profile.has(KernelFeature.NET_PRIO_INHERITS);
  }
}
