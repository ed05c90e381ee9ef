package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.RecordedMembership;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.FuseMount;
import io.github.vcgroupfs.fuse.Identity;
import io.github.vcgroupfs.fuse.MountException;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.fuse.MountPoint;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.linux.BestMembership;
import io.github.vcgroupfs.linux.HierarchyMembership;
import io.github.vcgroupfs.linux.ProcMembership;
import io.github.vcgroupfs.linux.ProcNotifier;
import io.github.vcgroupfs.linux.ReleaseAgent;
import io.github.vcgroupfs.linux.ReleaseWatch;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.traffic.Traffic;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the parts of a mount together and serves it until it is unmounted: the composition root of
 * the program.
 */
final class Daemon {
  private final FuseLibrary library;
  private final Settings settings;
  private final Identity identity;

  /** A daemon with those settings. */
  Daemon(FuseLibrary library, Settings settings, Identity identity) {
    this.library = library;
    this.settings = settings;
    this.identity = identity;
  }

  /**
   * What the user chose. Immutable.
   *
   * @param profile strict or relaxed
   * @param place the mount point
   * @param sizeMode what st_size is
   * @param allowOther whether other users may come in, root's mounts aside
   * @param accounting when sockets are accounted
   * @param releaseAgent whether release agents run
   * @param membership who keeps the members of groups
   * @param seed of whatever is random
   * @param beginning what is there at first; null: nothing but the root
   */
  record Settings(
      KernelProfile profile,
      MountPoint place,
      SizeMode sizeMode,
      boolean allowOther,
      Accounting accounting,
      AgentMode releaseAgent,
      MembershipMode membership,
      long seed,
      @Nullable Fixture beginning) {}

  /**
   * Mounts, says so, and serves.
   *
   * @param log what to say about the log file
   * @param foreground whether to keep both outputs open; the launcher waits for their end
   */
  void run(PrintWriter out, String log, boolean foreground)
      throws MountException, FixtureException, InterruptedException {
    FuseMount mount = mount();
    ProcNotifier notifier = new ProcNotifier(mount::device);
    Membership live = membership();
    RecordedMembership recorded =
        settings.beginning() == null ? null : new RecordedMembership(live);
    Membership membership = recorded == null ? live : recorded;
    Hierarchy tree = tree(membership, notifier);
    ReleaseAgent agent = agent(tree);
    ReleaseWatch watch = ReleaseWatch.start(tree.releases());
    try (membership;
        notifier;
        agent;
        watch;
        Traffic traffic = Traffic.onWallClock(tree.tree(), settings.seed());
        mount) {
      // For SIGTERM, SIGINT and SIGHUP; libfuse leaves them alone, for the JVM has taken them
      // before.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(mount, membership), "shutdown"));
      CgroupFs files = files(tree, traffic);
      if (settings.beginning() != null && recorded != null) {
        settings.beginning().restore(files, tree.tree(), recorded);
      }
      mount.mount(files);
      out.printf(
          "vcgroupfs: %s mounted on %s (pid %d, %s)%n",
          settings.profile().id(), settings.place(), ProcessHandle.current().pid(), log);
      out.flush();
      if (!foreground) {
        System.out.close();
        System.err.close();
      }
      mount.awaitEnd();
    }
  }

  /** What must be done however the daemon is ended: nobody waits for its other threads then. */
  private static void end(FuseMount mount, Membership membership) {
    mount.close();
    membership.close();
  }

  /** Loads the classes that a mount needs. */
  void rehearse() throws MountException {
    FuseMount mount = mount();
    ProcNotifier notifier = new ProcNotifier(mount::device);
    Membership membership = new BestMembership();
    Hierarchy tree = tree(membership, notifier);
    ReleaseAgent agent = agent(tree);
    ReleaseWatch watch = ReleaseWatch.start(tree.releases());
    try (membership;
        notifier;
        agent;
        watch;
        Traffic traffic = Traffic.onWallClock(tree.tree(), settings.seed());
        mount) {
      mount.rehearse(files(tree, traffic));
    }
  }

  private FuseMount mount() {
    MountOptions options =
        new MountOptions(settings.sizeMode(), settings.allowOther() || identity.isRoot());
    return new FuseMount(library, settings.place(), options, identity);
  }

  private Membership membership() throws MountException {
    try {
      return switch (settings.membership()) {
        case AUTO -> new BestMembership();
        case PROC -> new ProcMembership();
        case HIERARCHY -> HierarchyMembership.open();
      };
    } catch (IOException e) {
      throw new MountException(
          MountException.Kind.PREREQUISITE, "--membership hierarchy: " + e.getMessage());
    }
  }

  private Hierarchy tree(Membership membership, Notifier notifier) {
    Logger modelLog = LoggerFactory.getLogger(Hierarchy.class);
    ModelListener listener =
        units -> modelLog.error("{} units more were uncharged than had been charged", units);
    Hierarchy tree =
        new Hierarchy(settings.profile(), membership, notifier, System::nanoTime, listener);
    switch (settings.accounting()) {
      case AUTO -> {}
      case ALWAYS -> tree.accountAlways();
    }
    return tree;
  }

  private ReleaseAgent agent(Hierarchy tree) {
    ReleaseAgent agent = new ReleaseAgent();
    switch (settings.releaseAgent()) {
      case RECORD -> {}
      case RUN -> tree.releases().addListener(agent);
    }
    return agent;
  }

  private CgroupFs files(Hierarchy tree, Traffic traffic) {
    Caller owner = new Caller(identity.uid(), identity.gid(), 0);
    Faults faults = new Faults(settings.seed(), Daemon::sleep);
    Map<Served, ServedFile> served = new EnumMap<>(traffic.files());
    served.putAll(new SimProc(tree.tree()).files());
    return new CgroupFs(
        tree.tree(),
        ControlFiles.of(tree.tree(), served),
        settings.sizeMode(),
        owner,
        Clock.systemUTC(),
        faults);
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the wait is over, whoever wanted that
    }
  }
}
