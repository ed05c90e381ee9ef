package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.injvm.HeldMemory;
import io.github.vcgroupfs.injvm.TestCalls;
import io.github.vcgroupfs.injvm.TrafficCalls;
import io.github.vcgroupfs.injvm.World;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.UsageView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A group in this JVM. */
final class WorldGroup implements Group {
  private final World world;
  private final int index;
  private final Cgroup cgroup;
  private final Function<String, Path> paths;
  private final CallHistory history;

  /**
   * A group.
   *
   * @param index which hierarchy of the world it is in
   * @param paths gives the path in the file system for one in the hierarchy, which has one char for
   *     each byte
   */
  WorldGroup(World world, int index, Cgroup cgroup, Function<String, Path> paths) {
    this.world = world;
    this.index = index;
    this.cgroup = cgroup;
    this.paths = paths;
    this.history = new CallHistory(world);
  }

  // --- what it is --------------------------------------------------------------------------------

  @Override
  public String name() {
    return ByteText.text(cgroup.path());
  }

  @Override
  public Path path() {
    return paths.apply(cgroup.path());
  }

  @Override
  public Path path(String file) {
    return path().resolve(file);
  }

  @Override
  public boolean exists() {
    return cgroup.isAlive();
  }

  @Override
  public List<Group> children() {
    return cgroup.children().stream()
        .<Group>map(child -> new WorldGroup(world, index, child, paths))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  // --- files -------------------------------------------------------------------------------------

  @Override
  public String read(String file) throws IOException {
    String text = Refusals.ask(file(file), () -> calls().read(inHierarchy(file)));
    return ByteText.text(text);
  }

  @Override
  public long readNumber(String file) throws IOException {
    return Long.parseLong(read(file).strip());
  }

  @Override
  public void write(String file, String text) throws IOException {
    Refusals.order(file(file), () -> calls().write(inHierarchy(file), ByteText.bytes(text)));
  }

  @Override
  public void chown(int uid, int gid) throws IOException {
    Refusals.order(
        name(),
        () -> {
          CgroupFs files = files();
          String directory = cgroup.path();
          long handle = files.opendir(World.TEST, directory);
          try {
            for (DirectoryEntry each : files.readdir(handle)) {
              if (each.type() == FileType.FILE) {
                files.chown(World.TEST, below(directory, each.name()), uid, gid);
              }
            }
          } finally {
            files.releasedir(handle);
          }
          files.chown(World.TEST, directory, uid, gid);
        });
  }

  @Override
  public void remove() throws IOException {
    Refusals.order(name(), () -> files().rmdir(World.TEST, cgroup.path()));
  }

  // --- processes ---------------------------------------------------------------------------------

  @Override
  public void attach(FakeProcess process) throws IOException {
    attach(process.pid());
  }

  @Override
  public void attach(int pid) throws IOException {
    Refusals.order(name(), () -> world.attach(world.hierarchies().get(index), cgroup, pid));
  }

  @Override
  public List<Integer> processes() {
    return ids(Membership.Scope.PROCESS);
  }

  @Override
  public List<Integer> threads() {
    return ids(Membership.Scope.THREAD);
  }

  private List<Integer> ids(Membership.Scope scope) {
    return Arrays.stream(cgroup.members(scope)).boxed().toList();
  }

  // --- memory ------------------------------------------------------------------------------------

  @Override
  public long usage(Counter counter) {
    return bytes(UsageView.usage(memory(), counter.kind()));
  }

  @Override
  public long limit(Counter counter) {
    return UsageView.limitBytes(memory(), counter.kind());
  }

  @Override
  public long peak(Counter counter) {
    return bytes(memory().counter(counter.kind()).watermark());
  }

  @Override
  public long failcnt(Counter counter) {
    return memory().counter(counter.kind()).failcnt();
  }

  @Override
  public Charge charge(Counter counter, long bytes) throws IOException {
    MemoryController controller = world.hierarchies().get(index).tree().controller(MEMORY);
    HeldMemory held =
        Refusals.ask(name(), () -> HeldMemory.charge(controller, memory(), counter.kind(), bytes));
    return new Charge(held, name(), bytes);
  }

  private MemCgroup memory() {
    return MemCgroup.of(cgroup);
  }

  private long bytes(long units) {
    return memory().profile().era().toBytes(units);
  }

  // --- flows -------------------------------------------------------------------------------------

  @Override
  public void addFlow(String line) throws IOException {
    flow("add " + line);
  }

  @Override
  public void setFlow(String line) throws IOException {
    flow("set " + line);
  }

  @Override
  public void removeFlow(String flowName) throws IOException {
    flow("remove " + flowName);
  }

  private void flow(String line) throws IOException {
    Refusals.order(name(), () -> traffic().flow(cgroup, line));
  }

  @Override
  public List<Flow> flows() {
    return traffic().flows(cgroup).stream()
        .map(
            each ->
                new Flow(each.name(), each.sentBytes(), each.receivedBytes(), each.windowBytes()))
        .toList();
  }

  @Override
  public Map<String, Long> tcpStat() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (String line : traffic().stat(cgroup).split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        numbers.put(line.substring(0, blank), Long.parseUnsignedLong(line.substring(blank + 1)));
      }
    }
    return numbers;
  }

  // --- events and faults -------------------------------------------------------------------------

  @Override
  public EventCounter onEvent(String file, String args) throws IOException {
    return new EventCounter(
        Refusals.ask(
            file(file),
            () -> world.register(world.hierarchies().get(index), cgroup, inHierarchy(file), args)));
  }

  @Override
  public void fault(String lines) throws IOException {
    Refusals.order(name(), () -> files().control().fault(cgroup, ByteText.bytes(lines)));
  }

  @Override
  public void fault(Fault fault) throws IOException {
    fault(fault.toString());
  }

  @Override
  public void clearFaults() throws IOException {
    fault("clear");
  }

  // --- what was called ---------------------------------------------------------------------------

  @Override
  public List<FileCall> writes() {
    return calls(FileCall.Operation.WRITE);
  }

  @Override
  public List<FileCall> reads() {
    return calls(FileCall.Operation.READ);
  }

  private List<FileCall> calls(FileCall.Operation operation) {
    return history.calls(CallHistory.in(index, name())).stream()
        .filter(each -> each.operation() == operation)
        .toList();
  }

  @Override
  public WriteAssertion assertWrote(String file) {
    return new WriteAssertion(history, name(), file, writes());
  }

  @Override
  public void assertNeverWrote(String file) {
    history.requireNeverWritten(name(), file, writes());
  }

  @Override
  public void assertRefused(String file, String errno) {
    history.requireRefused(name(), file, errno, writes());
  }

  // --- helpers -----------------------------------------------------------------------------------

  private static final Class<MemoryController> MEMORY = MemoryController.class;

  private CgroupFs files() {
    return world.hierarchies().get(index).files();
  }

  private TrafficCalls traffic() {
    return new TrafficCalls(world.hierarchies().get(index));
  }

  private TestCalls calls() {
    return new TestCalls(files());
  }

  private String file(String name) {
    return below(name(), name);
  }

  private String inHierarchy(String file) throws ErrnoException {
    if (!cgroup.isAlive()) {
      throw new ErrnoException(Errno.ENODEV, name() + " was removed: make a new group");
    }
    return below(cgroup.path(), ByteText.bytes(file));
  }

  private static String below(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  /** The same group, not only one of the same path. */
  @Override
  public boolean equals(Object other) {
    return other instanceof WorldGroup group && group.cgroup == cgroup;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(cgroup.id());
  }

  @Override
  public String toString() {
    return name();
  }
}
