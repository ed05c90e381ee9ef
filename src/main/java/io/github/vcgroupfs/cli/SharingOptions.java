package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.Limits;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code mount} that say what its other users may do, and how much of it. */
final class SharingOptions {
  @Option(
      names = Rights.ALLOW_OPTION,
      description =
          "Let users who do not own the mount write sim.tcp.relay, sim.tcp.mem and delays.")
  private boolean userTraffic;

  @Option(
      names = QuotaLimits.USER_OPTION,
      split = ",",
      paramLabel = "WHAT=N",
      description = {
        "How many of something one user may have, the mount's owner and root aside: connections,"
            + " relays, relay-connections, faults, events, groups, descriptors.",
      })
  private Map<Quota, Count> ofUser = new EnumMap<>(Quota.class);

  @Option(
      names = QuotaLimits.MOUNT_OPTION,
      split = ",",
      paramLabel = "WHAT=N",
      description = "How many all users may have together, owner and root included.")
  private Map<Quota, Count> ofMount = new EnumMap<>(Quota.class);

  /**
   * How many of something there may be.
   *
   * @param most 0 or more
   */
  record Count(long most) {}

  /** What was chosen, for a mount of this user. */
  Sharing chosen(Identity identity) {
    Caller owner = new Caller(identity.uid(), identity.gid(), 0);
    QuotaLimits limits = new QuotaLimits(numbers(ofUser), numbers(ofMount));
    return Sharing.of(new Rights(owner, userTraffic), limits.within(Limits.openFiles()));
  }

  private static Map<Quota, Long> numbers(Map<Quota, Count> counts) {
    Map<Quota, Long> numbers = new EnumMap<>(Quota.class);
    counts.forEach((quota, count) -> numbers.put(quota, count.most()));
    return numbers;
  }
}
