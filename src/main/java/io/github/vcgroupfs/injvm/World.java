package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.core.CoreFiles;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.cpuacct.CpuacctController;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.hierarchy.Hierarchy;
import io.github.vcgroupfs.hierarchy.Parts;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.Traffic;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mount in the JVM: hierarchies on a made-up machine, with its processes and its time. The calls
 * of the code under test come from a process of it; those of the test itself from {@link #TEST},
 * which may do everything and never meets a fault. Thread-safe.
 */
public final class World implements AutoCloseable {
  /** Who makes the calls of the test itself: root, and no process of the made-up machine. */
  public static final Caller TEST = TestCalls.TEST;

  private static final int LOOK_MS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(World.class);

  private final WorldSettings settings;
  private final WorldTime time;
  private final Processes processes = new Processes();
  private final Eventfds eventfds = new Eventfds();
  private final CallLog calls;
  private final Plan plan = new Plan();
  private final List<Hierarchy> hierarchies = new ArrayList<>();
  private final FileCalls files;
  private volatile boolean modelBroken;

  private World(WorldSettings settings) {
    this.settings = settings;
    this.time = new WorldTime(settings.start());
    this.calls = new CallLog(time.nanoTime());
    processes.start(settings.self().tid(), settings.self().uid(), "java");
    for (HierarchySpec spec : settings.hierarchies()) {
      int index = hierarchies.size();
      Hierarchy made = new Hierarchy(spec, index, parts(index));
      made.files().control().addListener(calls.of(index));
      hierarchies.add(made);
    }
    this.files = Hierarchy.together(hierarchies, settings.owner());
  }

  /**
   * Puts a mount together.
   *
   * @throws FixtureException if what is to be there at first cannot be made; nothing is left then
   */
  public static World assemble(WorldSettings settings) throws FixtureException {
    World world = new World(settings);
    try {
      Fixture beginning = settings.beginning();
      if (beginning != null) {
        world.restore(beginning);
      }
    } catch (FixtureException | RuntimeException | Error e) {
      world.close();
      throw e;
    }
    world.calls.clear();
    return world;
  }

  private Parts parts(int index) {
    Sharing sharing = Sharing.byDefault(settings.owner());
    ControllerKind.Surroundings around =
        new ControllerKind.Surroundings(
            settings.profile(),
            time.nanoTime(),
            units -> broken(units),
            new InhabitedMachine(settings.machine(), new FakeTasks(processes)),
            Stopper.NOBODY);
    return new Parts(
        around,
        new Parts.Members(new FakeMembership(processes, index), eventfds),
        new Parts.View(settings.sizeMode(), sharing, time.clock()),
        new Faults(settings.seed(), time.parking(), World::isTest),
        tree -> {
          EventQueue events = time.events();
          return events == null
              ? Traffic.simulatedOnWallClock(tree, sharing, settings.seed())
              : Traffic.onVirtualTime(tree, sharing, settings.seed(), events);
        },
        tree -> Map.of());
  }

  private void broken(long units) {
    modelBroken = true;
    LOG.error("{} units more were uncharged than had been charged", units);
  }

  /** Whether the model found an error in its own sums. */
  public boolean isModelBroken() {
    return modelBroken;
  }

  private void restore(Fixture beginning) throws FixtureException {
    for (int i = 0; i < hierarchies.size(); i++) {
      int index = i;
      Hierarchy each = hierarchies.get(i);
      if (beginning.has(each.spec())) {
        beginning.restore(
            each.spec(),
            each.files(),
            each.tree(),
            (group, pids, tids) -> processes.restore(index, group, pids, tids));
      }
    }
  }

  /** Whether a call comes from the test itself, and not from the code under test. */
  public static boolean isTest(Caller caller) {
    return TestCalls.isTest(caller);
  }

  /** What it was made from. */
  public WorldSettings settings() {
    return settings;
  }

  /** What a file system is to serve. */
  public FileCalls files() {
    return files;
  }

  /** The hierarchies, in the order of the settings. */
  public List<Hierarchy> hierarchies() {
    return Collections.unmodifiableList(hierarchies);
  }

  /** What was called. */
  public CallLog calls() {
    return calls;
  }

  // --- time --------------------------------------------------------------------------------------

  /** Whether time moves only when somebody calls {@link #advance}. */
  public boolean isTimeVirtual() {
    return time.events() != null;
  }

  /** Nanoseconds since the mount was made. */
  public long nowNs() {
    return time.nanoTime().getAsLong();
  }

  /**
   * Does something when virtual time comes to a moment, before anything else that happens then.
   *
   * @param atNs the moment, in nanoseconds since the mount was made; not over yet
   * @throws IllegalStateException if time is that of this machine
   */
  public void at(long atNs, Runnable action) {
    plan.add(atNs, action, requireVirtual().nowNs());
  }

  /**
   * Moves virtual time forward. What simulated connections do until then is done when it returns.
   * Calls that a fault delays go on when their time is over.
   *
   * @param byNs by how much, 0 or more
   * @throws IllegalStateException if time is that of this machine, or moves already
   */
  public void advance(long byNs) {
    EventQueue events = requireVirtual();
    plan.begin();
    try {
      long untilNs = Math.addExact(events.nowNs(), byNs);
      for (Plan.Step next = plan.poll(untilNs); next != null; next = plan.poll(untilNs)) {
        runUntil(next.atNs() - 1);
        advanceTo(next.atNs());
        next.action().run();
      }
      runUntil(untilNs);
    } finally {
      plan.end();
      time.parking().timeMoved();
    }
  }

  private EventQueue requireVirtual() {
    EventQueue events = time.events();
    if (events == null) {
      throw new IllegalStateException(
          "time is that of this machine here: wait for it, or choose virtual time");
    }
    return events;
  }

  private void runUntil(long untilNs) {
    Traffic traffic = traffic();
    if (traffic == null) {
      requireVirtual().advanceTo(untilNs);
    } else {
      traffic.runUntil(untilNs);
    }
  }

  private void advanceTo(long timeNs) {
    Traffic traffic = traffic();
    if (traffic == null) {
      requireVirtual().advanceTo(timeNs);
    } else {
      traffic.advanceTo(timeNs);
    }
  }

  /** Memory is in one hierarchy at most, and traffic with it. */
  private @Nullable Traffic traffic() {
    for (Hierarchy each : hierarchies) {
      if (each.traffic() != null) {
        return each.traffic();
      }
    }
    return null;
  }

  /**
   * Waits on the clock of this machine until something holds. Looks two hundred times a second.
   *
   * @return whether it does
   */
  public static boolean await(BooleanSupplier condition, long timeoutNs)
      throws InterruptedException {
    long endNs = System.nanoTime() + timeoutNs;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    return true;
  }

  /** How many calls wait now because a fault delays them. */
  public int waitingCalls() {
    return time.parking().size();
  }

  // --- processes ---------------------------------------------------------------------------------

  /** Who is there. To let one end, use the methods of this class, so that groups take notice. */
  public Processes processes() {
    return processes;
  }

  /**
   * Moves a process as a write to {@code cgroup.procs} by root does.
   *
   * @throws ErrnoException as such a write
   */
  public void attach(Hierarchy hierarchy, Cgroup group, int pid) throws ErrnoException {
    hierarchy.tree().attach(group, pid, Membership.Scope.PROCESS, TEST);
    hierarchy.tree().releases().deliver();
  }

  /**
   * {@code fork}: a child with one thread, in the groups of the parent's oldest thread.
   *
   * @return the id of the child
   * @throws ErrnoException ESRCH if the process has ended, EAGAIN if a limit of tasks is reached
   */
  public int fork(int pid) throws ErrnoException {
    requireFork(pid);
    return processes.fork(pid);
  }

  /**
   * {@code pthread_create}: another thread, in the groups of the oldest one.
   *
   * @return its id
   * @throws ErrnoException as {@link #fork}
   */
  public int addThread(int pid) throws ErrnoException {
    requireFork(pid);
    return processes.addThread(pid);
  }

  private void requireFork(int pid) throws ErrnoException {
    List<Integer> threads = processes.threads(pid);
    if (threads.isEmpty()) {
      return; // it has ended, which is the next answer
    }
    for (Hierarchy each : hierarchies) {
      CgroupTree tree = each.tree();
      Cgroup group = tree.membership().groupOf(tree.root(), threads.get(0));
      tree.canFork(group == null ? tree.root() : group);
    }
  }

  /**
   * Lets a process end.
   *
   * @return whether it was alive
   */
  public boolean end(int pid) {
    lookAtTimes();
    boolean ended = processes.end(pid);
    hierarchies.forEach(each -> each.tree().releases().sweep());
    return ended;
  }

  /**
   * Lets a thread end.
   *
   * @return whether it was alive
   */
  public boolean endThread(int tid) {
    lookAtTimes();
    boolean ended = processes.endThread(tid);
    hierarchies.forEach(each -> each.tree().releases().sweep());
    return ended;
  }

  /** So that no time is lost of who is gone a moment later. */
  private void lookAtTimes() {
    for (Hierarchy each : hierarchies) {
      if (each.spec().has(CpuacctController.NAME)) {
        each.tree().controller(CpuacctController.class).tick();
      }
    }
  }

  // --- events ------------------------------------------------------------------------------------

  /**
   * Registers for events, as a program does by writing two descriptors to {@code
   * cgroup.event_control}.
   *
   * @param group whose events
   * @param file the path of the control file that has them
   * @param args what stands after the descriptors; may be empty
   * @throws ErrnoException as such a write; ENOENT if there is no such file
   */
  public EventCount register(Hierarchy hierarchy, Cgroup group, String file, String args)
      throws ErrnoException {
    EventCount event = new EventCount();
    int eventFd = eventfds.add(event);
    int fileFd = eventfds.add(hierarchy.files().getattr(TEST, file).ino());
    try {
      String line = args.isEmpty() ? eventFd + " " + fileFd : eventFd + " " + fileFd + " " + args;
      String control = group.isRoot() ? "/" : group.path() + "/";
      new TestCalls(hierarchy.files()).write(control + CoreFiles.EVENT_CONTROL, line);
    } finally {
      eventfds.remove(eventFd);
      eventfds.remove(fileFd);
    }
    return event;
  }

  /** Ends all waits and the traffic. May be called again. */
  @Override
  public void close() {
    time.parking().abort();
    hierarchies.forEach(Hierarchy::close);
  }
}
