package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.mount.MountPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a daemon chose. Immutable.
 *
 * @param profile strict or relaxed
 * @param hierarchies which there are; one is the mount's root itself
 * @param place the mount point
 * @param sizeMode what st_size is
 * @param allowOther whether other users may come in, root's mounts aside
 * @param accounting when sockets are accounted
 * @param releaseAgent whether release agents run
 * @param membership who keeps the members of groups
 * @param seed of whatever is random
 * @param beginning what is there at first; null: nothing but the root
 */
public record DaemonSettings(
    KernelProfile profile,
    List<HierarchySpec> hierarchies,
    MountPoint place,
    SizeMode sizeMode,
    boolean allowOther,
    Accounting accounting,
    AgentMode releaseAgent,
    MembershipMode membership,
    long seed,
    @Nullable Fixture beginning) {
  /** Copies the list. */
  public DaemonSettings {
    hierarchies = List.copyOf(hierarchies);
  }
}
