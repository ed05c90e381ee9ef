package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroup.Releases;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.fault.Waiting;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.cpuacct.CpuacctController;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.RecordedMembership;
import io.github.vcgroupfs.freezer.FreezerController;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.hierarchy.Hierarchy;
import io.github.vcgroupfs.hierarchy.Parts;
import io.github.vcgroupfs.hostview.SimProc;
import io.github.vcgroupfs.membership.BestMembership;
import io.github.vcgroupfs.membership.HierarchyMembership;
import io.github.vcgroupfs.membership.Lookout;
import io.github.vcgroupfs.membership.ProcMembership;
import io.github.vcgroupfs.membership.ProcReaders;
import io.github.vcgroupfs.membership.ReleaseAgent;
import io.github.vcgroupfs.membership.SharedEvents;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.signals.SignalStopper;
import io.github.vcgroupfs.traffic.Traffic;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hierarchy of a daemon with everything that belongs to it: groups, members, release agents,
 * traffic, and the files. {@link #close} ends what it has started.
 */
final class ServedHierarchy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedHierarchy.class);
  private static final Logger MODEL_LOG = LoggerFactory.getLogger(MemoryController.class);

  private final Membership membership;

  /** The same, where a fixture says who the members were; else null. */
  private final @Nullable RecordedMembership recorded;

  /** Null where nobody is to be stopped. */
  private final @Nullable SignalStopper stopper;

  private final Hierarchy hierarchy;
  private final ReleaseAgent agent = new ReleaseAgent();
  private final Lookout watch;

  /** Null where no time is counted. */
  private final @Nullable Lookout ticks;

  /**
   * A hierarchy that nobody sees yet.
   *
   * @param index which one of the mount's
   * @param shared what the hierarchies of the mount have together
   */
  ServedHierarchy(HierarchySpec spec, int index, DaemonSettings settings, Shared shared)
      throws MountException {
    Membership live = membership(settings.membership(), shared.events());
    boolean restored = settings.beginning() != null && settings.beginning().has(spec);
    this.recorded = restored ? new RecordedMembership(live) : null;
    this.membership = recorded == null ? live : recorded;
    this.stopper =
        switch (settings.freezer()) {
          case OFF -> null;
          case SIGNALS ->
              spec.has(FreezerController.NAME)
                  ? SignalStopper.start(settings.sharing().rights())
                  : null;
        };
    Stopper stops = stopper == null ? Stopper.NOBODY : stopper;
    this.hierarchy =
        new Hierarchy(
            spec,
            index,
            new Parts(
                surroundings(settings, stops),
                new Parts.Members(membership, shared.notifier()),
                new Parts.View(
                    settings.sizeMode(),
                    settings.sharing().knowing(new ProcReaders()),
                    Clock.systemUTC()),
                new Faults(settings.seed(), shared.waiting()),
                tree -> Traffic.onWallClock(tree, settings.sharing(), settings.seed()),
                tree -> new SimProc(tree).files()));
    switch (settings.releaseAgent()) {
      case RECORD -> {}
      case RUN -> tree().releases().addListener(agent);
    }
    this.watch = releaseWatch(tree().releases());
    this.ticks =
        spec.has(CpuacctController.NAME)
            ? cpuTicks(tree().controller(CpuacctController.class))
            : null;
    if (hierarchy.hasMemory()) {
      account(settings.accounting());
    }
  }

  /** Notices when the last process of a group has ended. */
  private static Lookout releaseWatch(Releases releases) {
    return Lookout.start("vcgroupfs-release", releases::awaitWatched, releases::sweep);
  }

  /** Looks at the tasks of groups, so that little time is lost when one ends. */
  private static Lookout cpuTicks(CpuacctController cpuacct) {
    return Lookout.start("vcgroupfs-cpuacct", cpuacct::awaitTasks, cpuacct::tick);
  }

  /**
   * What the hierarchies of a mount have together.
   *
   * @param notifier how events reach processes
   * @param waiting how calls wait
   * @param events what the kernel tells of processes
   */
  record Shared(Notifier notifier, Waiting waiting, SharedEvents events) {}

  private static Membership membership(MembershipMode mode, SharedEvents events)
      throws MountException {
    try {
      return switch (mode) {
        case AUTO -> new BestMembership(events);
        case PROC -> new ProcMembership();
        case HIERARCHY -> HierarchyMembership.open();
      };
    } catch (IOException e) {
      throw new MountException(
          MountException.Kind.PREREQUISITE, "--membership hierarchy: " + e.getMessage());
    }
  }

  private static ControllerKind.Surroundings surroundings(DaemonSettings settings, Stopper stops) {
    return new ControllerKind.Surroundings(
        settings.profile(),
        System::nanoTime,
        units -> MODEL_LOG.error("{} units more were uncharged than had been charged", units),
        new HostMachine(),
        stops);
  }

  private void account(Accounting accounting) {
    switch (accounting) {
      case AUTO -> {}
      case ALWAYS -> tree().controller(MemoryController.class).accountAlways(tree().root().lock());
    }
  }

  /** What it has in common with hierarchies elsewhere. */
  Hierarchy parts() {
    return hierarchy;
  }

  /** What it was made from. */
  HierarchySpec spec() {
    return hierarchy.spec();
  }

  /** Its groups and files. */
  CgroupFs files() {
    return hierarchy.files();
  }

  /** Its groups, for who does not come through files. */
  CgroupTree tree() {
    return hierarchy.tree();
  }

  /** Brings in what is there at first, if that has this hierarchy. */
  void restore(DaemonSettings settings) throws FixtureException {
    if (settings.beginning() != null && recorded != null) {
      settings.beginning().restore(spec(), files(), tree(), recorded);
    }
  }

  /** Lets stopped members go on; nobody is stopped any more. May be called again. */
  void thaw() {
    if (stopper != null) {
      stopper.close();
    }
  }

  /** Lets the members go, which must be done however the daemon ends. May be called again. */
  void release() {
    membership.close();
  }

  /** Closes each part, in the reverse of this order, also if one of them fails. */
  @Override
  public void close() {
    try (membership;
        stopper;
        agent;
        watch;
        ticks;
        hierarchy) {
      LOG.debug("the parts of hierarchy {} are closed", spec().directory());
    }
  }
}
