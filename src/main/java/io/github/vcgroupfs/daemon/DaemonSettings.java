package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.rights.Sharing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose for a daemon. Immutable.
 *
 * @param profile the kernel to imitate, strict or relaxed
 * @param hierarchies the hierarchies of the mount; if there is one, it is the mount's root itself
 * @param place the mount point
 * @param sizeMode what st_size is
 * @param allowOther whether other users may use the mount; on root's mounts they always may
 * @param fuseThreads how many threads are kept for calls, 1 or more
 * @param accounting from when on sockets are charged
 * @param releaseAgent whether release agents are started
 * @param membership how members of groups are found
 * @param freezer whether members of frozen groups are stopped
 * @param sharing who mounts, what others may have the daemon do, and how much of it
 * @param seed the seed of everything random
 * @param beginning the groups that exist at first; null: only the root
 */
public record DaemonSettings(
    KernelProfile profile,
    List<HierarchySpec> hierarchies,
    MountPoint place,
    SizeMode sizeMode,
    boolean allowOther,
    int fuseThreads,
    Accounting accounting,
    AgentMode releaseAgent,
    MembershipMode membership,
    FreezerMode freezer,
    Sharing sharing,
    long seed,
    @Nullable Fixture beginning) {
  /** Copies the list. */
  public DaemonSettings {
    hierarchies = List.copyOf(hierarchies);
  }
}
