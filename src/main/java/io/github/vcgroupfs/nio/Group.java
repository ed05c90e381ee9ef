package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.injvm.HeldMemory;
import io.github.vcgroupfs.injvm.TestCalls;
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

/**
 * A control group, as a test sees it: what the kernel and the processes in the group would do, the
 * test does here. What is read and written through it does not count as calls of the code under
 * test, is done as root, and never meets a fault.
 *
 * <p>It stays the same group when it is renamed. Methods that the kernel may refuse throw the
 * exception that {@code java.nio.file} has for that error, with the reason in its message; once the
 * group is removed, that is "No such device" or "No such file or directory". Thread-safe.
 */
public final class Group {
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
  Group(World world, int index, Cgroup cgroup, Function<String, Path> paths) {
    this.world = world;
    this.index = index;
    this.cgroup = cgroup;
    this.paths = paths;
    this.history = new CallHistory(world);
  }

  // --- what it is --------------------------------------------------------------------------------

  /** Its path in its hierarchy, as {@code /web/front}; {@code /} for the root. */
  public String name() {
    return ByteText.text(cgroup.path());
  }

  /** Its directory. */
  public Path path() {
    return paths.apply(cgroup.path());
  }

  /** The path of one of its control files. */
  public Path path(String file) {
    return path().resolve(file);
  }

  /** Whether it was not removed. */
  public boolean exists() {
    return cgroup.isAlive();
  }

  /** The groups in it, by their names. */
  public List<Group> children() {
    return cgroup.children().stream()
        .map(child -> new Group(world, index, child, paths))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .toList();
  }

  // --- files -------------------------------------------------------------------------------------

  /** The text of a control file. */
  public String read(String file) throws IOException {
    String text = Refusals.ask(file(file), () -> calls().read(inHierarchy(file)));
    return ByteText.text(text);
  }

  /**
   * The number in a control file that has one.
   *
   * @throws NumberFormatException if it has something else
   */
  public long readNumber(String file) throws IOException {
    return Long.parseLong(read(file).strip());
  }

  /** Writes a text to a control file, in one write. */
  public void write(String file, String text) throws IOException {
    Refusals.order(file(file), () -> calls().write(inHierarchy(file), ByteText.bytes(text)));
  }

  /**
   * Gives the directory and all files in it to another user, as {@code chown -R} without groups.
   */
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

  /** Removes it, as {@code rmdir}: it must not have processes or groups in it. */
  public void remove() throws IOException {
    Refusals.order(name(), () -> files().rmdir(World.TEST, cgroup.path()));
  }

  // --- processes ---------------------------------------------------------------------------------

  /** Moves a process with all its threads here, as a write to {@code cgroup.procs}. */
  public void attach(FakeProcess process) throws IOException {
    attach(process.pid());
  }

  /**
   * Moves the process of this id here. It can be {@link Cgroups#self}, or one that {@link
   * Cgroups#start} or a fixture brought.
   */
  public void attach(int pid) throws IOException {
    Refusals.order(name(), () -> world.attach(world.hierarchies().get(index), cgroup, pid));
  }

  /** The processes in it, ascending. */
  public List<Integer> processes() {
    return ids(Membership.Scope.PROCESS);
  }

  /** The threads in it, ascending. */
  public List<Integer> threads() {
    return ids(Membership.Scope.THREAD);
  }

  private List<Integer> ids(Membership.Scope scope) {
    return Arrays.stream(cgroup.members(scope)).boxed().toList();
  }

  // --- memory ------------------------------------------------------------------------------------

  /** What is used now, in bytes. */
  public long usage(Counter counter) {
    return bytes(UsageView.usage(memory(), counter.kind()));
  }

  /** The limit, in bytes; more than 2^62 if there is none. */
  public long limit(Counter counter) {
    return UsageView.limitBytes(memory(), counter.kind());
  }

  /** The highest usage so far, in bytes. */
  public long peak(Counter counter) {
    return bytes(memory().counter(counter.kind()).watermark());
  }

  /** How often a limit has refused a charge. */
  public long failcnt(Counter counter) {
    return memory().counter(counter.kind()).failcnt();
  }

  /**
   * Charges memory as if a process of this group used it. It counts in the groups above, against
   * every limit, and in peak, failcnt and events. Memory of TCP is that of a socket with so many
   * bytes in its receive queue: as in a kernel it is counted once the group has a TCP limit.
   *
   * @param counter any but {@link Counter#MEMSW}, which follows {@link Counter#MEMORY}
   * @param bytes how much, 0 or more, rounded up to pages of 4096 bytes
   * @return what is to be released when the process needs it no longer
   * @throws IOException "Cannot allocate memory" if a limit refuses it
   */
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

  /**
   * Adds simulated connections: what {@code sim.tcp.flows} takes after {@code add}, as {@code
   * upload connections=8 chunk=16K send=max read=200K/s}. There need not be such a file.
   */
  public void addFlow(String line) throws IOException {
    flow("add " + line);
  }

  /** Changes a flow: what {@code sim.tcp.flows} takes after {@code set}. */
  public void setFlow(String line) throws IOException {
    flow("set " + line);
  }

  /** Ends the connections of a flow. */
  public void removeFlow(String flowName) throws IOException {
    flow("remove " + flowName);
  }

  private void flow(String line) throws IOException {
    Refusals.order(name(), () -> world.flow(world.hierarchies().get(index), cgroup, line));
  }

  /** Its flows, in the order in which they were added. */
  public List<Flow> flows() {
    return world.flows(world.hierarchies().get(index), cgroup).stream()
        .map(
            each ->
                new Flow(each.name(), each.sentBytes(), each.receivedBytes(), each.windowBytes()))
        .toList();
  }

  /**
   * TCP memory in numbers, as {@code sim.tcp.stat} shows them, also where there is no such file:
   * {@code sockets}, {@code memory} in pages, {@code pressure}, {@code rcvq_dropped} and others. On
   * the root they are those of the whole machine.
   */
  public Map<String, Long> tcpStat() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (String line : world.tcpStat(world.hierarchies().get(index), cgroup).split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        numbers.put(line.substring(0, blank), Long.parseUnsignedLong(line.substring(blank + 1)));
      }
    }
    return numbers;
  }

  // --- events and faults -------------------------------------------------------------------------

  /**
   * Registers for events, as a program does with an eventfd and {@code cgroup.event_control}.
   *
   * @param file the control file that has events: of usage, of pressure, or of the end of memory
   * @param args what the file wants: a threshold in bytes, a level of pressure, or nothing
   */
  public EventCounter onEvent(String file, String args) throws IOException {
    return new EventCounter(
        Refusals.ask(
            file(file),
            () -> world.register(world.hierarchies().get(index), cgroup, inHierarchy(file), args)));
  }

  /**
   * Makes calls of the code under test fail or wait, in this group and those below it.
   *
   * @param lines of {@code sim.fault}, as {@code write memory.limit_in_bytes error=EBUSY count=1}.
   *     There need not be such a file.
   * @throws IOException "Invalid argument" if a line is wrong, or no kernel would answer so
   */
  public void fault(String lines) throws IOException {
    Refusals.order(name(), () -> files().control().fault(cgroup, ByteText.bytes(lines)));
  }

  /** Adds a fault: see {@link #fault(String)}. */
  public void fault(Fault fault) throws IOException {
    fault(fault.toString());
  }

  /** Ends all faults of this group; calls that wait for them go on. */
  public void clearFaults() throws IOException {
    fault("clear");
  }

  // --- what was called ---------------------------------------------------------------------------

  /** Writes of the code under test to files of this group, also refused ones, in their order. */
  public List<FileCall> writes() {
    return calls(FileCall.Operation.WRITE);
  }

  /** Reads of the code under test in this group, one for each time that a file was opened. */
  public List<FileCall> reads() {
    return calls(FileCall.Operation.READ);
  }

  private List<FileCall> calls(FileCall.Operation operation) {
    return history.calls(CallHistory.in(index, name())).stream()
        .filter(each -> each.operation() == operation)
        .toList();
  }

  /**
   * Fails unless the code under test wrote to that file of this group, with success.
   *
   * @return what more can be said of these writes
   */
  public WriteAssertion assertWrote(String file) {
    return new WriteAssertion(history, name(), file, writes());
  }

  /** Fails if the code under test wrote to that file of this group, with success or without. */
  public void assertNeverWrote(String file) {
    if (writes().stream().anyMatch(each -> each.file().equals(file))) {
      throw history.wrong("%s of %s was written".formatted(file, name()));
    }
  }

  /**
   * Fails unless a write of the code under test to that file of this group was refused so.
   *
   * @param errno the name of the error, as {@code EBUSY}
   */
  public void assertRefused(String file, String errno) {
    boolean refused =
        writes().stream()
            .anyMatch(each -> each.file().equals(file) && each.errno().orElse("").equals(errno));
    if (!refused) {
      throw history.wrong(
          "No write to %s of %s was refused with %s".formatted(file, name(), errno));
    }
  }

  // --- helpers -----------------------------------------------------------------------------------

  private static final Class<MemoryController> MEMORY = MemoryController.class;

  private CgroupFs files() {
    return world.hierarchies().get(index).files();
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
    return other instanceof Group group && group.cgroup == cgroup;
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
