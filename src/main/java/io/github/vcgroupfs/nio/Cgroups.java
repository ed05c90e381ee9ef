package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.hierarchy.Hierarchy;
import io.github.vcgroupfs.injvm.World;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a test does around the code that it tests: it makes groups, starts processes, lets them use
 * memory, makes calls fail, moves time, and asks what the code has done. {@link
 * VirtualCgroupFileSystem#cgroups} gives it.
 *
 * <p>A path of a group begins where the file system's own directories end. With one hierarchy it is
 * {@code /web}. With several its first name is that of a hierarchy, as in {@code /memory/web} or
 * {@code /cpu,cpuacct/web}. Thread-safe.
 */
public final class Cgroups {
  private final World world;
  private final Function<String, Path> paths;
  private final CallHistory history;

  /**
   * The test's side of a world.
   *
   * @param paths gives the path in the file system for one that {@link World#files} has, with one
   *     char for each byte
   */
  Cgroups(World world, Function<String, Path> paths) {
    this.world = world;
    this.paths = paths;
    this.history = new CallHistory(world);
  }

  /** A place in one of the hierarchies. */
  private record Place(int index, String path) {}

  private Place place(String path) throws ErrnoException {
    String bytes = ByteText.bytes(path.startsWith("/") ? path : "/" + path);
    if (world.hierarchies().size() == 1) {
      return new Place(0, bytes);
    }
    int slash = bytes.indexOf('/', 1);
    String first = bytes.substring(1, slash < 0 ? bytes.length() : slash);
    int index = indexOf(first);
    if (index < 0) {
      throw new ErrnoException(
          Errno.ENOENT,
          "%s is in no hierarchy: begin with one of /%s"
              .formatted(path, String.join(" /", hierarchies())));
    }
    return new Place(index, slash < 0 ? "/" : bytes.substring(slash));
  }

  private int indexOf(String name) {
    for (int i = 0; i < world.hierarchies().size(); i++) {
      Hierarchy each = world.hierarchies().get(i);
      if (each.spec().directory().equals(name) || each.spec().links().contains(name)) {
        return i;
      }
    }
    return -1;
  }

  private Group group(int index, Cgroup cgroup) {
    String prefix =
        world.hierarchies().size() == 1
            ? ""
            : "/" + world.hierarchies().get(index).spec().directory();
    return new Group(world, index, cgroup, path -> paths.apply(prefix + path));
  }

  // --- groups ------------------------------------------------------------------------------------

  /** The names of the hierarchies, as {@code memory} or {@code cpu,cpuacct}. */
  public List<String> hierarchies() {
    return world.hierarchies().stream().map(each -> each.spec().directory()).toList();
  }

  /** The root of the first hierarchy, which often is the only one. */
  public Group root() {
    return group(0, world.hierarchies().get(0).tree().root());
  }

  /**
   * Makes a group, and those above it that are missing, as {@code mkdir -p} by root.
   *
   * @return the group, which may have been there
   */
  public Group create(String path) throws IOException {
    return Refusals.ask(
        path,
        () -> {
          Place place = place(path);
          Hierarchy hierarchy = world.hierarchies().get(place.index());
          StringBuilder soFar = new StringBuilder();
          for (String name : place.path().split("/", -1)) {
            if (!name.isEmpty()) {
              soFar.append('/').append(name);
              if (hierarchy.tree().find(soFar.toString()) == null) {
                hierarchy.files().mkdir(World.TEST, soFar.toString(), 0755);
              }
            }
          }
          return group(place.index(), require(place, path));
        });
  }

  /**
   * The group at a path, whoever made it.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public Group group(String path) throws IOException {
    return Refusals.ask(
        path,
        () -> {
          Place place = place(path);
          return group(place.index(), require(place, path));
        });
  }

  private Cgroup require(Place place, String path) throws ErrnoException {
    @Nullable Cgroup found = world.hierarchies().get(place.index()).tree().find(place.path());
    if (found == null) {
      throw new ErrnoException(Errno.ENOENT, "there is no group %s: make it first".formatted(path));
    }
    return found;
  }

  /** Whether there is a group at a path. */
  public boolean exists(String path) {
    return find(path).isPresent();
  }

  /** The group at a path, if there is one. */
  public Optional<Group> find(String path) {
    try {
      return Optional.of(group(path));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** All groups of all hierarchies, parents before their children. */
  public List<Group> list() {
    List<Group> all = new ArrayList<>();
    for (int i = 0; i < world.hierarchies().size(); i++) {
      add(all, group(i, world.hierarchies().get(i).tree().root()));
    }
    return List.copyOf(all);
  }

  private static void add(List<Group> all, Group group) {
    all.add(group);
    group.children().forEach(child -> add(all, child));
  }

  /** Removes a group, as {@code rmdir} by root. */
  public void remove(String path) throws IOException {
    group(path).remove();
  }

  // --- processes ---------------------------------------------------------------------------------

  /**
   * The process that calls of this JVM come from: the real id of this process, unless the builder
   * was told another. It is in the root at first.
   */
  public FakeProcess self() {
    return new FakeProcess(world, world.settings().self().tid());
  }

  /** Starts a fake process of the file system's user, in the root of every hierarchy. */
  public FakeProcess start() {
    return started(0);
  }

  /**
   * Starts a fake process and moves it into a group, as a write to {@code cgroup.procs} by root: so
   * the kernel may refuse it.
   */
  public FakeProcess start(String path) throws IOException {
    return start(path, 0);
  }

  /**
   * The same with an id.
   *
   * @param pid the id, 1 to 4194303; 0: one that is free, from 1001 on
   * @throws IllegalArgumentException if the id is in use or cannot be one
   */
  public FakeProcess start(String path, int pid) throws IOException {
    Group group = group(path);
    FakeProcess process = started(pid);
    boolean there = false;
    try {
      group.attach(process);
      there = true;
    } finally {
      if (!there) {
        process.exit();
      }
    }
    return process;
  }

  private FakeProcess started(int pid) {
    return new FakeProcess(
        world, world.processes().start(pid, world.settings().self().uid(), "fake"));
  }

  /**
   * The fake process of this id, which a fixture may have brought.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FakeProcess process(int pid) {
    if (!world.processes().isAlive(pid) && !world.processes().isZombie(pid)) {
      throw new IllegalArgumentException("there is no process %d: start it first".formatted(pid));
    }
    return new FakeProcess(world, pid);
  }

  // --- faults ------------------------------------------------------------------------------------

  /** Makes calls fail everywhere in the first hierarchy: see {@link Group#fault(String)}. */
  public void fault(String lines) throws IOException {
    root().fault(lines);
  }

  /** Adds a fault everywhere in the first hierarchy: see {@link Group#fault(String)}. */
  public void fault(Fault fault) throws IOException {
    root().fault(fault);
  }

  /** Ends all faults of all groups; calls that wait for them go on. */
  public void clearFaults() throws IOException {
    for (Group each : list()) {
      each.clearFaults();
    }
  }

  /** How many calls of the code under test wait now, because a fault delays them. */
  public int waitingCalls() {
    return world.waitingCalls();
  }

  // --- time --------------------------------------------------------------------------------------

  /** How long ago the file system was made, by its own clock. */
  public Duration now() {
    return Duration.ofNanos(world.nowNs());
  }

  /**
   * Moves virtual time forward. Simulated connections have done all that they do until then when
   * this returns; the same seed and the same calls give the same numbers. Calls that a fault delays
   * go on once their time is over.
   *
   * @param by how much, 0 or more
   * @throws IllegalStateException if the clock is that of this machine
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(by + ": time does not go back, so give 0 or more");
    }
    world.advance(by.toNanos());
  }

  /** Something that a test does at a moment of virtual time. */
  public interface Action {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Does something when virtual time comes to a moment: {@link #advance} stops there, calls it, and
   * goes on. Of what happens at the same moment it is the first.
   *
   * @param sinceStart the moment, as {@link #now} will show it; it must not be over
   * @param action must not call {@link #advance}. If it throws, so does {@link #advance}, as {@link
   *     java.io.UncheckedIOException}
   * @throws IllegalStateException if the clock is that of this machine
   */
  public void at(Duration sinceStart, Action action) {
    world.at(
        sinceStart.toNanos(),
        () -> {
          try {
            action.run();
          } catch (IOException refused) {
            throw new UncheckedIOException(refused);
          }
        });
  }

  /**
   * Waits until something holds, by the clock of this machine, also where the file system has
   * virtual time.
   *
   * @param condition is asked every few milliseconds
   * @throws AssertionError if it does not hold in time
   */
  public void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    if (!World.await(condition, atMost.toNanos())) {
      throw history.wrong("What was waited for did not come within " + atMost);
    }
  }

  // --- what was called ---------------------------------------------------------------------------

  /**
   * All calls of the code under test that changed something, read a file or were refused, in their
   * order, across groups. The last hundred thousand are kept.
   */
  public List<FileCall> calls() {
    return history.calls(call -> true);
  }

  /** Its writes, also refused ones. */
  public List<FileCall> writes() {
    return history.calls(CallHistory::isWrite);
  }

  /** Its reads, one for each time that a file was opened and read. */
  public List<FileCall> reads() {
    return history.calls(CallHistory::isRead);
  }

  /** Forgets all calls so far, so that later questions are about later calls only. */
  public void forgetCalls() {
    world.calls().clear();
  }

  /** Fails if a call of the code under test was refused. */
  public void assertNoErrors() {
    long refused = calls().stream().filter(each -> !each.succeeded()).count();
    if (refused > 0) {
      throw history.wrong(refused + " calls were refused");
    }
  }

  /**
   * What {@code sim.journal} is about, a line each: changes and refusals, also those of the test,
   * which begin with "test:". It is there in a strict file system, too.
   */
  public List<String> journal() {
    return history.journal();
  }

  /** What {@code sim.why} is about, a line each: refusals with their reasons. */
  public List<String> why() {
    return history.why();
  }

  /** The last lines of {@link #why} and {@link #journal}, for the message of a failed test. */
  public String report() {
    return history.report();
  }
}
