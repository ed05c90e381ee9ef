package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.daemon.Daemon;
import io.github.vcgroupfs.daemon.DaemonSettings;
import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.daemon.SupervisedRun;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.mount.UnmountCall;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.NativeLibrary;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.seccomp.Listener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a mount and a run do, so that the classes they need get into the launcher's class
 * archive: {@code vcgroupfs --archive-training [run -- true]}. Where nothing can be mounted, or no
 * command line is given, all but the mounting is done. Says nothing.
 */
final class ArchiveTraining {
  /** What stands where a command would. */
  static final String NAME = "--archive-training";

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveTraining.class);

  private static final String PLACE = "tmp/vcgroupfs-training";

  private ArchiveTraining() {}

  /**
   * Does it.
   *
   * @param args {@link #NAME}, and a command line to run for a real training
   * @param daemons how a daemon of the program is known
   * @return the exit status of the program
   */
  static int run(String[] args, FuseLibrary library, Daemons daemons) {
    PlainLine.Voice silent =
        new PlainLine.Voice(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
    try {
      NativeLibrary.unpackJffi();
      library.beginLoading();
      LOG.debug("training");
      rehearse(library, daemons, silent);
      // Really, if that is possible: a class that is missing in the archive costs a start 0.2 ms.
      if (args.length > 1 && Identity.self().mayMount() && Listener.obstacle().isEmpty()) {
        String[] words = Arrays.copyOfRange(args, 1, args.length);
        mountForAMoment(library, daemons, silent);
        PlainCommands.run(words, library, daemons, silent, status -> {});
      }
      return ExitStatus.DONE;
    } catch (MountException | FixtureException | IOException e) {
      System.err.println("vcgroupfs: no training: " + e.getMessage());
      return ExitStatus.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.FAILED;
    }
  }

  /** What is done where nothing can be mounted. */
  private static void rehearse(FuseLibrary library, Daemons daemons, PlainLine.Voice silent)
      throws MountException, FixtureException, IOException, InterruptedException {
    Identity identity = Identity.self();
    MountPoint place = MountPoint.resolve(Path.of("/"), PLACE);
    DaemonSettings settings =
        mount(library, daemons, silent).settings(place, identity, MemoryController.NAME);
    new Daemon(library, settings, identity, daemons).rehearse();
    List<HierarchySpec> all =
        Controllers.of(Profiles.LWN_2011).stream().map(HierarchySpec::of).toList();
    DaemonSettings several =
        mount(library, daemons, silent)
            .settings(SupervisedRun.place(), identity, HierarchySpec.items(all));
    if (Listener.obstacle().isEmpty()) {
      new SupervisedRun(library, several, identity, daemons, false, line -> {}).rehearse();
    }
  }

  private static void mountForAMoment(FuseLibrary library, Daemons daemons, PlainLine.Voice silent)
      throws IOException {
    Path folder = Files.createTempDirectory("vcgroupfs-training").toRealPath();
    Path place = folder.resolve("mnt");
    Path log = folder.resolve("log");
    String[] words = {
      MountCommand.NAME, "--foreground", "--log", log.toString(), place.toString(),
    };
    // What it says, once, is that it has mounted.
    PlainLine.Voice voice =
        new PlainLine.Voice(new PrintWriter(new Unmounting(place)), silent.err());
    PlainCommands.run(words, library, daemons, voice, status -> {});
    Files.deleteIfExists(place);
    Files.deleteIfExists(log);
    Files.delete(folder);
  }

  /** Unmounts when something is said. */
  private static final class Unmounting extends Writer {
    private final Path place;

    Unmounting(Path place) {
      this.place = place;
    }

    @Override
    public void write(char[] text, int from, int length) {}

    @Override
    public void flush() {
      MountPoint point = new MountPoint(place, NativeText.toBytes(place.toString()));
      if (UnmountCall.unmount(point, false).outcome() != UnmountCall.Outcome.DONE) {
        UnmountCall.unmount(point, true);
      }
    }

    @Override
    public void close() {}
  }

  private static MountCommand mount(FuseLibrary library, Daemons daemons, PlainLine.Voice silent) {
    MountCommand mount = new MountCommand(library, daemons, silent);
    if (!PlainLine.read(mount, List.of("--profile", Profiles.LWN_2011.id(), "/" + PLACE))) {
      throw new IllegalStateException("a plain line is not taken");
    }
    return mount;
  }
}
