package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import picocli.CommandLine.Option;

/** The options of {@code mount} that say what its other users may do, and how much of it. */
final class SharingOptions {
  @Option(
      names = Rights.ALLOW_OPTION,
      description =
          "Let users who do not own the mount write sim.tcp.relay, sim.tcp.mem and delays.")
  private boolean userTraffic;

  /** What was chosen, for a mount of this user. */
  Sharing chosen(Identity identity) {
    Caller owner = new Caller(identity.uid(), identity.gid(), 0);
    return new Sharing(new Rights(owner, userTraffic), Quotas.DEFAULT);
  }
}
