package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.daemon.Accounting;
import io.github.vcgroupfs.daemon.AgentMode;
import io.github.vcgroupfs.daemon.Daemon;
import io.github.vcgroupfs.daemon.DaemonSettings;
import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.daemon.FreezerMode;
import io.github.vcgroupfs.daemon.MembershipMode;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Does what a mount does, but for mounting, so that the classes it needs get into the launcher's
 * class archive. Must work on a machine without FUSE.
 */
final class ArchiveTraining {
  private ArchiveTraining() {}

  /** Makes a command line: nothing here knows the commands. */
  interface Commands {
    CommandLine of(FuseLibrary library, String... args);
  }

  /**
   * Does it.
   *
   * @param commands of the program
   * @param daemons how a daemon of the program is known
   */
  static void run(Commands commands, Daemons daemons) throws MountException {
    Identity identity = Identity.self();
    MountPoint place = MountPoint.resolve(Path.of("/"), "tmp/vcgroupfs-training");
    FuseLibrary library = new FuseLibrary();
    library.beginLoading();
    String[] args = {"mount", "--profile", "lwn-2011", place.toString()};
    commands.of(library, args).parseArgs(args);
    LoggerFactory.getLogger(ArchiveTraining.class).debug("training");
    DaemonSettings settings =
        new DaemonSettings(
            Profiles.LWN_2011.relaxed(),
            List.of(HierarchySpec.of(Controllers.MEMORY)),
            place,
            SizeMode.EXACT,
            false,
            MountOptions.threadsByDefault(),
            Accounting.AUTO,
            AgentMode.RECORD,
            MembershipMode.AUTO,
            FreezerMode.OFF,
            new SharingOptions().chosen(identity, false),
            0,
            null);
    new Daemon(library, settings, identity, daemons).rehearse();
  }
}
