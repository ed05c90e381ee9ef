package io.github.vcgroupfs.daemon;

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
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.hostview.SimProc;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.membership.BestMembership;
import io.github.vcgroupfs.membership.HierarchyMembership;
import io.github.vcgroupfs.membership.ProcMembership;
import io.github.vcgroupfs.membership.ReleaseAgent;
import io.github.vcgroupfs.membership.ReleaseWatch;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.notify.ProcNotifier;
import io.github.vcgroupfs.os.Identity;
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
public final class Daemon {
  private final FuseLibrary library;
  private final Settings settings;
  private final Identity identity;
  private final Daemons daemons;

  /** A daemon with those settings. */
  public Daemon(FuseLibrary library, Settings settings, Identity identity, Daemons daemons) {
    this.daemons = daemons;
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
  public record Settings(
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
  public void run(PrintWriter out, String log, boolean foreground)
      throws MountException, FixtureException, InterruptedException {
    FuseMount mount = mount();
    try (Parts parts = assemble(mount);
        mount) {
      // For SIGTERM, SIGINT and SIGHUP; libfuse leaves them alone, for the JVM has taken them
      // before.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> end(mount, parts.membership()), "shutdown"));
      if (settings.beginning() != null && parts.recorded() != null) {
        settings.beginning().restore(parts.files(), parts.tree().tree(), parts.recorded());
      }
      mount.mount(parts.files());
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
  public void rehearse() throws MountException {
    FuseMount mount = mount();
    try (Parts parts = assemble(mount);
        mount) {
      mount.rehearse(parts.files());
    }
  }

  /**
   * Puts one hierarchy together: its tree, members, events, traffic and files. Nothing of it is
   * mounted yet.
   *
   * @param mount what it will be seen through
   */
  private Parts assemble(FuseMount mount) throws MountException {
    ProcNotifier notifier = new ProcNotifier(mount::device);
    Membership live = membership();
    RecordedMembership recorded =
        settings.beginning() == null ? null : new RecordedMembership(live);
    Membership membership = recorded == null ? live : recorded;
    Hierarchy tree = tree(membership, notifier);
    ReleaseAgent agent = agent(tree);
    ReleaseWatch watch = ReleaseWatch.start(tree.releases());
    Traffic traffic = Traffic.onWallClock(tree.tree(), settings.seed());
    return new Parts(
        membership, recorded, notifier, agent, watch, traffic, tree, files(tree, traffic));
  }

  /**
   * The parts of one hierarchy. They are closed in the reverse of this order.
   *
   * @param membership who keeps the members
   * @param recorded the same, where a fixture says who they were; else null
   * @param notifier how events reach processes
   * @param agent runs release agents, if it was asked to
   * @param watch sees the last task exit
   * @param traffic the simulated and relayed connections
   * @param tree the groups
   * @param files what is served
   */
  private record Parts(
      Membership membership,
      @Nullable RecordedMembership recorded,
      ProcNotifier notifier,
      ReleaseAgent agent,
      ReleaseWatch watch,
      Traffic traffic,
      Hierarchy tree,
      CgroupFs files)
      implements AutoCloseable {
    @Override
    public void close() {
      try (membership;
          notifier;
          agent;
          watch;
          traffic) {
        LoggerFactory.getLogger(Daemon.class).debug("the parts of the mount are closed");
      }
    }
  }

  private FuseMount mount() {
    MountOptions options =
        new MountOptions(settings.sizeMode(), settings.allowOther() || identity.isRoot());
    return new FuseMount(library, settings.place(), options, identity, daemons);
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
