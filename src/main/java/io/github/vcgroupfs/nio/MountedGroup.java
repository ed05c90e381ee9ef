package io.github.vcgroupfs.nio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.kernel.CoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A group on a mount.
 *
 * @param root the root directory of its hierarchy
 * @param path its directory
 */
record MountedGroup(Path root, Path path, MountJournal journal) implements Group {
  private static final String READ = "read the control file, such as with readNumber(FILE)";

  @Override
  public String name() {
    return "/" + root.relativize(path);
  }

  @Override
  public Path path(String file) {
    return path.resolve(file);
  }

  @Override
  public boolean exists() {
    return Files.isDirectory(path);
  }

  @Override
  public List<Group> children() {
    try {
      return MountedCgroups.directories(path).stream()
          .<Group>map(each -> new MountedGroup(root, each, journal))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String read(String file) throws IOException {
    return new String(Files.readAllBytes(path(file)), UTF_8);
  }

  @Override
  public long readNumber(String file) throws IOException {
    return Long.parseLong(read(file).strip());
  }

  @Override
  public void write(String file, String text) throws IOException {
    Files.write(path(file), text.getBytes(UTF_8), StandardOpenOption.WRITE);
  }

  @Override
  public void chown(int uid, int gid) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path each : files.filter(file -> Files.isRegularFile(file)).toList()) {
        chown(each, uid, gid);
      }
    }
    chown(path, uid, gid);
  }

  private static void chown(Path file, int uid, int gid) throws IOException {
    Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void remove() throws IOException {
    Files.delete(path);
  }

  @Override
  public void attach(FakeProcess process) {
    throw OnMount.cannot("a fake process", "attach(PID) moves a real one");
  }

  @Override
  public void attach(int pid) throws IOException {
    write(CoreFile.PROCS.fileName(), Integer.toString(pid));
  }

  @Override
  public List<Integer> processes() {
    return ids(CoreFile.PROCS);
  }

  @Override
  public List<Integer> threads() {
    return ids(CoreFile.TASKS);
  }

  private List<Integer> ids(CoreFile file) {
    try {
      return read(file.fileName()).lines().map(Integer::valueOf).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long usage(Counter counter) {
    throw OnMount.cannot("the usage by its counter", READ);
  }

  @Override
  public long limit(Counter counter) {
    throw OnMount.cannot("the limit by its counter", READ);
  }

  @Override
  public long peak(Counter counter) {
    throw OnMount.cannot("the highest usage by its counter", READ);
  }

  @Override
  public long failcnt(Counter counter) {
    throw OnMount.cannot("the failcnt by its counter", READ);
  }

  @Override
  public Charge charge(Counter counter, long bytes) {
    throw OnMount.cannot("a charge", "addFlow charges buffers, and a usage file can be written");
  }

  @Override
  public void addFlow(String line) throws IOException {
    command(Served.TCP_FLOWS, "add " + line);
  }

  @Override
  public void setFlow(String line) throws IOException {
    command(Served.TCP_FLOWS, "set " + line);
  }

  @Override
  public void removeFlow(String flowName) throws IOException {
    command(Served.TCP_FLOWS, "remove " + flowName);
  }

  /** Writes to a file of ours. */
  private void command(Served file, String line) throws IOException {
    try {
      write(file.fullName(), line);
    } catch (NoSuchFileException e) {
      if (exists()) {
        throw OnMount.strict(path(file.fullName()));
      }
      throw e;
    }
  }

  @Override
  public List<Flow> flows() {
    throw OnMount.cannot("what each flow moved", "tcpStat() has the sums of the group");
  }

  @Override
  public Map<String, Long> tcpStat() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    try {
      for (String line : read(Served.TCP_STAT.fullName()).lines().toList()) {
        int blank = line.indexOf(' ');
        if (blank > 0) {
          numbers.put(line.substring(0, blank), Long.parseUnsignedLong(line.substring(blank + 1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return numbers;
  }

  @Override
  public EventCounter onEvent(String file, String args) {
    throw OnMount.cannot(
        "a counter of events", "a program with an eventfd registers with cgroup.event_control");
  }

  @Override
  public void fault(String lines) throws IOException {
    command(Served.FAULT, lines);
  }

  @Override
  public void fault(Fault fault) throws IOException {
    fault(fault.toString());
  }

  @Override
  public void clearFaults() throws IOException {
    fault("clear");
  }

  @Override
  public List<FileCall> writes() {
    return writes(journal.calls(root)).stream()
        .filter(each -> each.group().equals(name()))
        .toList();
  }

  static List<FileCall> writes(List<FileCall> calls) {
    return calls.stream().filter(each -> each.operation() == FileCall.Operation.WRITE).toList();
  }

  @Override
  public List<FileCall> reads() {
    throw noReads();
  }

  static UnsupportedOperationException noReads() {
    return OnMount.cannot("the reads", "sim.journal has changes and refusals only: writes()");
  }

  @Override
  public WriteAssertion assertWrote(String file) {
    return new WriteAssertion(journal, name(), file, writes());
  }

  @Override
  public void assertNeverWrote(String file) {
    journal.requireNeverWritten(name(), file, writes());
  }

  @Override
  public void assertRefused(String file, String errno) {
    journal.requireRefused(name(), file, errno, writes());
  }

  @Override
  public String toString() {
    return name();
  }
}
