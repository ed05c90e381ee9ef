package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user chose for a mount in the JVM. Immutable.
 *
 * @param profile the kernel to imitate, strict or relaxed
 * @param hierarchies the hierarchies; if there is one, it is the root itself
 * @param sizeMode what st_size is
 * @param owner who owns the root of each hierarchy
 * @param self the process that the calls of this JVM come from: its user, and its id
 * @param seed the seed of everything random
 * @param machine the computer that controllers see
 * @param start when virtual time begins; null: time is that of this machine
 * @param beginning the groups that exist at first; null: only the root
 */
public record WorldSettings(
    KernelProfile profile,
    List<HierarchySpec> hierarchies,
    SizeMode sizeMode,
    Caller owner,
    Caller self,
    long seed,
    FakeMachine machine,
    @Nullable Instant start,
    @Nullable Fixture beginning) {
  /** Copies the list. */
  public WorldSettings {
    hierarchies = List.copyOf(hierarchies);
  }
}
