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

/** The test's side of a world in this JVM. */
final class WorldCgroups implements Cgroups {
  private final World world;
  private final Function<String, Path> paths;
  private final CallHistory history;

  /**
   * The test's side of a world.
   *
   * @param paths gives the path in the file system for one that {@link World#files} has, with one
   *     char for each byte
   */
  WorldCgroups(World world, Function<String, Path> paths) {
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
    return new WorldGroup(world, index, cgroup, path -> paths.apply(prefix + path));
  }

  // --- groups ------------------------------------------------------------------------------------

  @Override
  public List<String> hierarchies() {
    return world.hierarchies().stream().map(each -> each.spec().directory()).toList();
  }

  @Override
  public Group root() {
    return group(0, world.hierarchies().get(0).tree().root());
  }

  @Override
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

  @Override
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

  @Override
  public boolean exists(String path) {
    return find(path).isPresent();
  }

  @Override
  public Optional<Group> find(String path) {
    try {
      return Optional.of(group(path));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
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

  @Override
  public void remove(String path) throws IOException {
    group(path).remove();
  }

  // --- processes ---------------------------------------------------------------------------------

  @Override
  public FakeProcess self() {
    return new FakeProcess(world, world.settings().self().tid());
  }

  @Override
  public FakeProcess start() {
    return started(0);
  }

  @Override
  public FakeProcess start(String path) throws IOException {
    return start(path, 0);
  }

  @Override
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

  @Override
  public FakeProcess process(int pid) {
    if (!world.processes().isAlive(pid) && !world.processes().isZombie(pid)) {
      throw new IllegalArgumentException("there is no process %d: start it first".formatted(pid));
    }
    return new FakeProcess(world, pid);
  }

  // --- faults ------------------------------------------------------------------------------------

  @Override
  public void fault(String lines) throws IOException {
    root().fault(lines);
  }

  @Override
  public void fault(Fault fault) throws IOException {
    root().fault(fault);
  }

  @Override
  public void clearFaults() throws IOException {
    for (Group each : list()) {
      each.clearFaults();
    }
  }

  @Override
  public int waitingCalls() {
    return world.waitingCalls();
  }

  // --- time --------------------------------------------------------------------------------------

  @Override
  public Duration now() {
    return Duration.ofNanos(world.nowNs());
  }

  @Override
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(by + ": time does not go back, so give 0 or more");
    }
    world.advance(by.toNanos());
  }

  @Override
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

  @Override
  public void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    if (!World.await(condition, atMost.toNanos())) {
      throw history.wrong("What was waited for did not come within " + atMost);
    }
  }

  // --- what was called ---------------------------------------------------------------------------

  @Override
  public List<FileCall> calls() {
    return history.calls(call -> true);
  }

  @Override
  public List<FileCall> writes() {
    return history.calls(CallHistory::isWrite);
  }

  @Override
  public List<FileCall> reads() {
    return history.calls(CallHistory::isRead);
  }

  @Override
  public void forgetCalls() {
    world.calls().clear();
  }

  @Override
  public void assertNoErrors() {
    history.requireNoErrors(calls());
  }

  @Override
  public List<String> journal() {
    return history.journal();
  }

  @Override
  public List<String> why() {
    return history.why();
  }

  @Override
  public String report() {
    return history.report();
  }
}
