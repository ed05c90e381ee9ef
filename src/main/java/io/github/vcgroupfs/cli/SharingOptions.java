package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.Limits;
import io.github.vcgroupfs.rights.ProcTasks;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.rights.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code mount} that say what its other users may do, and how much of it. */
final class SharingOptions {
  @Option(
      names = Rights.ALLOW_OPTION,
      description = {
        "Let users who do not own the mount write sim.tcp.relay, sim.tcp.mem and delays in sim.fault.",
        "They may listen on loopback, from port 1024 up.",
      })
  private boolean userTraffic;

  @Option(
      names = QuotaLimits.USER_OPTION,
      paramLabel = "WHAT=N,...",
      completionCandidates = Candidates.Quotas.class,
      description = {
        "How many of something one user may have, the mount's owner and root aside: connections,"
            + " relays, relay-connections, faults, events, groups, descriptors.",
      })
  private List<String> ofUser = List.of();

  @Option(
      names = QuotaLimits.MOUNT_OPTION,
      paramLabel = "WHAT=N,...",
      completionCandidates = Candidates.Quotas.class,
      description = "How many all users may have together, owner and root included.")
  private List<String> ofMount = List.of();

  @Option(
      names = Rights.FORBID_OPTION,
      paramLabel = "CIDR,...",
      completionCandidates = Candidates.Subnets.class,
      description =
          "Where relays of users may not connect to, or none. Default: " + Subnet.LINK_LOCAL + ".")
  private List<String> forbidden = List.of(Subnet.LINK_LOCAL);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec; // picocli sets it: who has read no option has no complaint

  /**
   * What was chosen, for a mount of this user.
   *
   * @param runsAgents whether the daemon runs release agents
   */
  Sharing chosen(Identity identity, boolean runsAgents) {
    Caller owner = new Caller(identity.uid(), identity.gid(), 0);
    Rights rights = new Rights(owner, userTraffic, forbidden(), runsAgents, new ProcTasks());
    QuotaLimits limits =
        new QuotaLimits(
            counts(QuotaLimits.USER_OPTION, ofUser), counts(QuotaLimits.MOUNT_OPTION, ofMount));
    return Sharing.of(rights, limits.within(Limits.openFiles()));
  }

  private List<Subnet> forbidden() {
    try {
      return Subnet.parseAll(String.join(",", forbidden));
    } catch (IllegalArgumentException bad) {
      throw misuse(Rights.FORBID_OPTION, bad);
    }
  }

  private Map<Quota, Long> counts(String option, List<String> texts) {
    try {
      return Quota.parseCounts(String.join(",", texts));
    } catch (IllegalArgumentException bad) {
      throw misuse(option, bad);
    }
  }

  private RuntimeException misuse(String option, IllegalArgumentException bad) {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    return Failures.misuse(line, option + ": " + bad.getMessage());
  }
}
