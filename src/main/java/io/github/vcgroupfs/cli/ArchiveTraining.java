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
import io.github.vcgroupfs.daemon.SupervisedRun;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.Reasons;
import io.github.vcgroupfs.seccomp.Listener;
import java.io.IOException;
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
    List<HierarchySpec> memory = List.of(HierarchySpec.of(Controllers.MEMORY));
    new Daemon(library, settings(memory, place, identity), identity, daemons).rehearse();
    trainRun(commands, library, identity, daemons);
  }

  private static void trainRun(
      Commands commands, FuseLibrary library, Identity identity, Daemons daemons)
      throws MountException {
    String[] args = {"run", "--", "true"};
    commands.of(library, args).parseArgs(args);
    List<HierarchySpec> all =
        Controllers.of(Profiles.LWN_2011).stream().map(HierarchySpec::of).toList();
    DaemonSettings settings = settings(all, SupervisedRun.place(), identity);
    try {
      if (Listener.obstacle().isEmpty()) {
        new SupervisedRun(library, settings, identity, daemons, false, line -> {}).rehearse();
      }
    } catch (IOException e) {
      throw new MountException(MountException.Kind.FAILED, "no rehearsal: " + Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static DaemonSettings settings(
      List<HierarchySpec> hierarchies, MountPoint place, Identity identity) {
    return new DaemonSettings(
        Profiles.LWN_2011.relaxed(),
        hierarchies,
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
  }
}
