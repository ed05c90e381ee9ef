package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.injvm.World;
import io.github.vcgroupfs.kernel.CoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The test's side of a mount: what works there works through its files. */
final class MountedCgroups implements Cgroups {
  private static final String REAL = "start a real one and attach it by its pid";
  private static final String CLOCK = "time is that of the clock: wait for what is to come";

  private final Path mountPoint;
  private final boolean several;
  private final MountJournal journal;

  /** Of a mount that works now. */
  MountedCgroups(Path mountPoint) throws IOException {
    this.mountPoint = mountPoint;
    this.several = Files.notExists(mountPoint.resolve(CoreFile.TASKS.fileName()));
    this.journal = new MountJournal(roots());
  }

  private List<Path> roots() throws IOException {
    return several ? directories(mountPoint) : List.of(mountPoint);
  }

  /** The directories in one, by their names; links are other names of some. */
  static List<Path> directories(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  @Override
  public List<String> hierarchies() {
    try {
      // the name of the only one is nowhere but in the options of the mount
      return roots().stream().map(each -> each.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Group root() {
    try {
      Path root = roots().get(0);
      return new MountedGroup(root, root, journal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Group create(String path) throws IOException {
    Path directory = directory(path);
    Files.createDirectories(directory);
    return group(path);
  }

  @Override
  public Group group(String path) throws IOException {
    Path directory = directory(path);
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    Path root = several ? directory.subpath(0, mountPoint.getNameCount() + 1) : mountPoint;
    return new MountedGroup(
        several ? mountPoint.getRoot().resolve(root) : root, directory, journal);
  }

  private Path directory(String path) {
    String below = path.replaceFirst("^/+", "");
    if (several && below.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is in no hierarchy: begin with one of %s".formatted(path, hierarchies()));
    }
    return mountPoint.resolve(below);
  }

  @Override
  public boolean exists(String path) {
    return Files.isDirectory(directory(path));
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
    try {
      for (Path root : roots()) {
        add(all, new MountedGroup(root, root, journal));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  @Override
  public FakeProcess self() {
    throw OnMount.cannot("a fake process", REAL);
  }

  @Override
  public FakeProcess start() {
    throw OnMount.cannot("a fake process", REAL);
  }

  @Override
  public FakeProcess start(String path) {
    throw OnMount.cannot("a fake process", REAL);
  }

  @Override
  public FakeProcess start(String path, int pid) {
    throw OnMount.cannot("a fake process", REAL);
  }

  @Override
  public FakeProcess process(int pid) {
    throw OnMount.cannot("a fake process", REAL);
  }

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
    throw OnMount.cannot(
        "the number of waiting calls", "what waits is a thread of yours: ask that");
  }

  @Override
  public Duration now() {
    throw OnMount.cannot("now()", "System.nanoTime() tells how time goes by");
  }

  @Override
  public void advance(Duration by) {
    throw OnMount.cannot("virtual time", CLOCK);
  }

  @Override
  public void at(Duration sinceStart, Action action) {
    throw OnMount.cannot("virtual time", CLOCK);
  }

  @Override
  public void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    if (!World.await(condition, atMost.toNanos())) {
      throw journal.wrong("What was waited for did not come within " + atMost);
    }
  }

  @Override
  public List<FileCall> calls() {
    return journal.calls();
  }

  @Override
  public List<FileCall> writes() {
    return MountedGroup.writes(calls());
  }

  @Override
  public List<FileCall> reads() {
    throw MountedGroup.noReads();
  }

  @Override
  public void forgetCalls() {
    journal.forget();
  }

  @Override
  public void assertNoErrors() {
    journal.requireNoErrors(calls());
  }

  @Override
  public List<String> journal() {
    return journal.lines();
  }

  @Override
  public List<String> why() {
    return journal.refusals();
  }

  @Override
  public String report() {
    return journal.report();
  }
}
