package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.FuseMount;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.os.Identity;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a mount until it is unmounted. All parts of the program are put together here. */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final FuseLibrary library;
  private final DaemonSettings settings;
  private final Identity identity;
  private final Daemons daemons;

  /** A daemon with these settings. */
  public Daemon(FuseLibrary library, DaemonSettings settings, Identity identity, Daemons daemons) {
    this.daemons = daemons;
    this.library = library;
    this.settings = settings;
    this.identity = identity;
  }

  /**
   * Mounts, prints that it has, and serves until the end.
   *
   * @param log what to print about the log file
   * @param version what the log says first; asked for only when the mount can be used
   * @param foreground whether to keep standard output and error open; if not, the launcher that
   *     waits for their end can return
   */
  public void run(PrintWriter out, String log, Supplier<String> version, boolean foreground)
      throws MountException, FixtureException, InterruptedException {
    LastResort.install();
    FuseMount mount = mount();
    try (ServedMount served = ServedMount.assemble(settings, mount::device);
        mount) {
      // For SIGTERM, SIGINT and SIGHUP; libfuse leaves them alone, for the JVM has taken them
      // before.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(mount, served), "shutdown"));
      served.restore(settings);
      mount.mount(served.files());
      // Joined, not formatted: the first %d of a program loads the rules of all locales.
      out.println(
          "vcgroupfs: "
              + settings.profile().id()
              + " mounted on "
              + settings.place()
              + " (pid "
              + ProcessHandle.current().pid()
              + ", "
              + log
              + ")");
      out.flush();
      if (!foreground) {
        System.out.close();
        System.err.close();
      }
      LOG.info("{}", version.get());
      mount.awaitEnd();
    }
  }

  /** What must be done however the daemon is ended: nobody waits for its other threads then. */
  private static void end(FuseMount mount, ServedMount served) {
    served.abort();
    mount.close();
    served.release();
  }

  /** Does everything except mounting, to load the classes that a mount needs. */
  public void rehearse() throws MountException {
    FuseMount mount = mount();
    try (ServedMount served = ServedMount.assemble(settings, mount::device);
        mount) {
      mount.rehearse(served.files());
    }
  }

  private FuseMount mount() {
    MountOptions options =
        new MountOptions(
            settings.sizeMode(),
            settings.allowOther() || identity.isRoot(),
            settings.fuseThreads());
    return new FuseMount(library, settings.place(), options, identity, daemons);
  }
}
