package io.github.vcgroupfs.hierarchy;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.Traffic;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/**
 * What a hierarchy is made of. Immutable.
 *
 * @param around the kernel, the machine, and other things that controllers ask
 * @param members who is in which group, and how events reach whom
 * @param view how files are shown, and to whom
 * @param faults the calls that are made to fail
 * @param traffic makes the traffic of a hierarchy with memory
 * @param extra makes further {@code sim.*} files of a hierarchy with memory
 */
public record Parts(
    ControllerKind.Surroundings around,
    Members members,
    View view,
    Faults faults,
    Function<CgroupTree, Traffic> traffic,
    Function<CgroupTree, Map<Served, ServedFile>> extra) {
  /**
   * The processes of a hierarchy.
   *
   * @param membership who is in which group; belongs to this hierarchy alone
   * @param notifier how events reach processes
   */
  public record Members(Membership membership, Notifier notifier) {}

  /**
   * How files are shown.
   *
   * @param sizeMode what {@code st_size} is
   * @param sharing who owns the root, and what others may
   * @param clock the wall clock, for file times and log lines
   */
  public record View(SizeMode sizeMode, Sharing sharing, Clock clock) {}
}
