package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a test does around the code that it tests: it makes groups, starts processes, lets them use
 * memory, makes calls fail, moves time, and asks what the code has done. {@link
 * VirtualCgroupFileSystem#cgroups} gives it.
 *
 * <p>A path of a group begins where the file system's own directories end. With one hierarchy it is
 * {@code /web}. With several its first name is that of a hierarchy, as in {@code /memory/web} or
 * {@code /cpu,cpuacct/web}. Thread-safe.
 */
public interface Cgroups {
  /**
   * The test's side of a mount, which {@code vcgroupfs mount} has made. What works there works
   * through its files: groups, control files, faults, flows, and what was called, which is read
   * from {@code sim.journal}, so that the calls of the test are among it. What needs a hierarchy in
   * the JVM (fake processes, virtual time, charges, counters of events) is an {@link
   * UnsupportedOperationException} that says what to do instead.
   *
   * @param mountPoint the directory that it is mounted on
   * @return the test's side of it
   * @throws IOException if it is no mount of ours
   */
  static Cgroups onMount(Path mountPoint) throws IOException {
    return new MountedCgroups(mountPoint);
  }

  /** {@return the names of the hierarchies, as {@code memory} or {@code cpu,cpuacct}} */
  List<String> hierarchies();

  /** {@return the root of the first hierarchy, which often is the only one} */
  Group root();

  /**
   * Makes a group, and those above it that are missing, as {@code mkdir -p} by root.
   *
   * @param path the path of the group
   * @return the group, which may have been there
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  Group create(String path) throws IOException;

  /**
   * The group at a path, whoever made it.
   *
   * @param path the path of the group
   * @return the group
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  Group group(String path) throws IOException;

  /**
   * {@return whether there is a group at a path}
   *
   * @param path the path of the group
   */
  boolean exists(String path);

  /**
   * {@return the group at a path, if there is one}
   *
   * @param path the path of the group
   */
  Optional<Group> find(String path);

  /** {@return all groups of all hierarchies, parents before their children} */
  List<Group> list();

  /**
   * Removes a group, as {@code rmdir} by root.
   *
   * @param path the path of the group
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void remove(String path) throws IOException;

  /**
   * {@return the process that calls of this JVM come from: the real id of this process, unless the
   * builder was told another} It is in the root at first.
   */
  FakeProcess self();

  /**
   * Starts a fake process of the file system's user, in the root of every hierarchy.
   *
   * @return the process
   */
  FakeProcess start();

  /**
   * Starts a fake process and moves it into a group, as a write to {@code cgroup.procs} by root: so
   * the kernel may refuse it.
   *
   * @param path the path of the group
   * @return the process
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  FakeProcess start(String path) throws IOException;

  /**
   * The same with an id.
   *
   * @param path the path of the group
   * @param pid the id, 1 to 4194303; 0: one that is free, from 1001 on
   * @return the process
   * @throws IllegalArgumentException if the id is in use or cannot be one
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  FakeProcess start(String path, int pid) throws IOException;

  /**
   * The fake process of this id, which a fixture may have brought.
   *
   * @param pid the id
   * @return the process
   * @throws IllegalArgumentException if there is none
   */
  FakeProcess process(int pid);

  /**
   * Makes calls fail in the root of the first hierarchy: see {@link Group#fault(String)}. With
   * {@code group=**} in a line, it is about all groups there.
   *
   * @param lines of {@code sim.fault}
   * @throws IOException "Invalid argument" if a line is wrong, or no kernel would answer so
   */
  void fault(String lines) throws IOException;

  /**
   * Adds a fault to the root of the first hierarchy: see {@link Group#fault(Fault)}. With {@link
   * Fault#inGroups inGroups("**")} it is about all groups there.
   *
   * @param fault the fault
   * @throws IOException "Invalid argument" if a line is wrong, or no kernel would answer so
   */
  void fault(Fault fault) throws IOException;

  /**
   * Ends all faults of all groups; calls that wait for them go on.
   *
   * @throws IOException "No such device" if the group was removed
   */
  void clearFaults() throws IOException;

  /** {@return how many calls of the code under test wait now, because a fault delays them} */
  int waitingCalls();

  /** {@return how long ago the file system was made, by its own clock} */
  Duration now();

  /**
   * Moves virtual time forward. Simulated connections have done all that they do until then when
   * this returns; the same seed and the same calls give the same numbers. Calls that a fault delays
   * go on once their time is over.
   *
   * @param by how much, 0 or more
   * @throws IllegalStateException if the clock is that of this machine
   */
  void advance(Duration by);

  /**
   * Does something when virtual time comes to a moment: {@link #advance} stops there, calls it, and
   * goes on. Of what happens at the same moment it is the first.
   *
   * @param sinceStart the moment, as {@link #now} will show it; it must not be over
   * @param action must not call {@link #advance}. If it throws, so does {@link #advance}, as {@link
   *     java.io.UncheckedIOException}
   * @throws IllegalStateException if the clock is that of this machine
   */
  void at(Duration sinceStart, Action action);

  /**
   * Waits until something holds, by the clock of this machine, also where the file system has
   * virtual time.
   *
   * @param condition is asked every few milliseconds
   * @param atMost how long to wait
   * @throws AssertionError if it does not hold in time
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  void await(BooleanSupplier condition, Duration atMost) throws InterruptedException;

  /**
   * {@return all calls of the code under test that changed something, read a file or were refused,
   * in their order, across groups} The last hundred thousand are kept.
   */
  List<FileCall> calls();

  /** {@return its writes, also refused ones} */
  List<FileCall> writes();

  /** {@return its reads, one for each time that a file was opened and read} */
  List<FileCall> reads();

  /** Forgets all calls so far, so that later questions are about later calls only. */
  void forgetCalls();

  /** Fails if a call of the code under test was refused. */
  void assertNoErrors();

  /**
   * {@return what {@code sim.journal} is about, a line each: changes and refusals, also those of
   * the test, which begin with "test:"} It is there in a strict file system, too.
   */
  List<String> journal();

  /** {@return what {@code sim.why} is about, a line each: refusals with their reasons} */
  List<String> why();

  /**
   * {@return the last lines of {@link #why} and {@link #journal}, for the message of a failed test}
   */
  String report();

  /** Something that a test does at a moment of virtual time. */
  interface Action {
    /**
     * Does it.
     *
     * @throws IOException if what it does fails
     */
    void run() throws IOException;
  }
}
