package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.fault.Waiting;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.cpuacct.CpuacctController;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.RecordedMembership;
import io.github.vcgroupfs.freezer.FreezerController;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.hostview.SimProc;
import io.github.vcgroupfs.membership.BestMembership;
import io.github.vcgroupfs.membership.HierarchyMembership;
import io.github.vcgroupfs.membership.ProcMembership;
import io.github.vcgroupfs.membership.ProcReaders;
import io.github.vcgroupfs.membership.ReleaseAgent;
import io.github.vcgroupfs.membership.ReleaseWatch;
import io.github.vcgroupfs.membership.SharedEvents;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.signals.SignalStopper;
import io.github.vcgroupfs.traffic.Traffic;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
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

  private final HierarchySpec spec;
  private final Membership membership;

  /** The same, where a fixture says who the members were; else null. */
  private final @Nullable RecordedMembership recorded;

  /** Null where nobody is to be stopped. */
  private final @Nullable SignalStopper stopper;

  private final CgroupTree tree;
  private final ReleaseAgent agent = new ReleaseAgent();
  private final ReleaseWatch watch;

  /** Null where no time is counted. */
  private final @Nullable CpuTicks ticks;

  /** Null where there is no memory to charge. */
  private final @Nullable Traffic traffic;

  private final CgroupFs files;

  /**
   * A hierarchy that nobody sees yet.
   *
   * @param index which one of the mount's
   * @param shared what the hierarchies of the mount have together
   */
  ServedHierarchy(HierarchySpec spec, int index, DaemonSettings settings, Shared shared)
      throws MountException {
    this.spec = spec;
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
    this.tree = spec.make(surroundings(settings, stops), membership, shared.notifier());
    switch (settings.releaseAgent()) {
      case RECORD -> {}
      case RUN -> tree.releases().addListener(agent);
    }
    this.watch = ReleaseWatch.start(tree.releases());
    this.ticks =
        spec.has(CpuacctController.NAME)
            ? CpuTicks.start(tree.controller(CpuacctController.class))
            : null;
    this.traffic =
        hasMemory() ? Traffic.onWallClock(tree, settings.sharing(), settings.seed()) : null;
    if (hasMemory()) {
      account(settings.accounting());
    }
    this.files =
        new CgroupFs(
            tree,
            ControlFiles.of(tree, served()).ofHierarchy(index),
            settings.sizeMode(),
            settings.sharing().knowing(new ProcReaders()),
            Clock.systemUTC(),
            new Faults(settings.seed(), shared.waiting()));
  }

  /**
   * What the hierarchies of a mount have together.
   *
   * @param notifier how events reach processes
   * @param waiting how calls wait
   * @param events what the kernel tells of processes
   */
  record Shared(Notifier notifier, Waiting waiting, SharedEvents events) {}

  private boolean hasMemory() {
    return spec.has(MemoryController.NAME);
  }

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
      case ALWAYS -> tree.controller(MemoryController.class).accountAlways(tree.root().lock());
    }
  }

  private Map<Served, ServedFile> served() {
    Map<Served, ServedFile> served = new EnumMap<>(Served.class);
    if (traffic != null) {
      served.putAll(traffic.files());
      served.putAll(new SimProc(tree).files());
    }
    return served;
  }

  /** What it was made from. */
  HierarchySpec spec() {
    return spec;
  }

  /** Its groups and files. */
  CgroupFs files() {
    return files;
  }

  /** Its groups, for who does not come through files. */
  CgroupTree tree() {
    return tree;
  }

  /** Brings in what is there at first, if that has this hierarchy. */
  void restore(DaemonSettings settings) throws FixtureException {
    if (settings.beginning() != null && recorded != null) {
      settings.beginning().restore(spec, files, tree, recorded);
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
        traffic) {
      LOG.debug("the parts of hierarchy {} are closed", spec.directory());
    }
  }
}
