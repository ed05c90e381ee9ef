package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.mount.DaemonFinder;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.mount.UnmountFromOutside;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs umount}: unmounts and waits for the daemon to end. */
@Command(
    name = "umount",
    description = "Unmounts a hierarchy and waits for its daemon to end.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "vcgroupfs umount [--force] MOUNTPOINT")
final class UmountCommand implements Callable<Integer> {
  @Option(
      names = "--force",
      description = "Detach it even if it is busy: it lives on for those who use it.")
  private boolean force;

  @Option(
      names = "--unmounted",
      hidden = true,
      description = "The launcher has unmounted it: the number of its device, MAJOR:MINOR.")
  private @Nullable String unmounted;

  @Option(names = "--daemon", hidden = true, description = "Who served that.")
  private long daemon;

  @Parameters(paramLabel = "MOUNTPOINT", description = "Where it is mounted.")
  private String mountPoint = "";

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  private final DaemonFinder daemons;

  /**
   * The command.
   *
   * @param daemons finds who serves a mount
   */
  UmountCommand(DaemonFinder daemons) {
    this.daemons = daemons;
  }

  @Override
  public Integer call() throws MountException, InterruptedException {
    MountPoint place = MountPoint.resolve(Folders.users(), mountPoint);
    Optional<String> remark =
        unmounted == null
            ? UnmountFromOutside.run(place, force, daemons)
            : UnmountFromOutside.awaitEnd(place, unmounted, daemon, daemons);
    remark.ifPresent(text -> spec.commandLine().getOut().println("vcgroupfs: " + text));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
