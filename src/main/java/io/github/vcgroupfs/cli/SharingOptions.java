package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.rights.ProcTasks;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.rights.Subnet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      names = Rights.FORBID_OPTION,
      paramLabel = "CIDR,...",
      description =
          "Where relays of users may not connect to, or none. Default: " + Subnet.LINK_LOCAL + ".")
  private List<String> forbidden = List.of(Subnet.LINK_LOCAL);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create(); // picocli sets it

  /**
   * What was chosen, for a mount of this user.
   *
   * @param runsAgents whether the daemon runs release agents
   */
  Sharing chosen(Identity identity, boolean runsAgents) {
    Caller owner = new Caller(identity.uid(), identity.gid(), 0);
    try {
      List<Subnet> subnets =
          forbidden.stream().flatMap(each -> Subnet.parseAll(each).stream()).toList();
      Rights rights = new Rights(owner, userTraffic, subnets, runsAgents, new ProcTasks());
      return new Sharing(rights, Quotas.DEFAULT);
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(
          spec.commandLine(), Rights.FORBID_OPTION + ": " + bad.getMessage(), bad);
    }
  }
}
