package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A control group, as a test sees it: what the kernel and the processes in the group would do, the
 * test does here. What is read and written through it does not count as calls of the code under
 * test, is done as root, and never meets a fault.
 *
 * <p>It stays the same group when it is renamed. Methods that the kernel may refuse throw the
 * exception that {@code java.nio.file} has for that error, with the reason in its message; once the
 * group is removed, that is "No such device" or "No such file or directory". Thread-safe.
 */
public interface Group {
  /** {@return its path in its hierarchy, as {@code /web/front}; {@code /} for the root} */
  String name();

  /** {@return its directory} */
  Path path();

  /**
   * {@return the path of one of its control files}
   *
   * @param file the name of a control file
   */
  Path path(String file);

  /** {@return whether it was not removed} */
  boolean exists();

  /** {@return the groups in it, by their names} */
  List<Group> children();

  /**
   * {@return the text of a control file}
   *
   * @param file the name of a control file
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  String read(String file) throws IOException;

  /**
   * The number in a control file that has one.
   *
   * @param file the name of a control file
   * @return the number
   * @throws NumberFormatException if it has something else
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  long readNumber(String file) throws IOException;

  /**
   * Writes a text to a control file, in one write.
   *
   * @param file the name of a control file
   * @param text the text
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void write(String file, String text) throws IOException;

  /**
   * Gives the directory and all files in it to another user, as {@code chown -R} without groups.
   *
   * @param uid the user id, 0 is root
   * @param gid the group id
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void chown(int uid, int gid) throws IOException;

  /**
   * Removes it, as {@code rmdir}: it must not have processes or groups in it.
   *
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void remove() throws IOException;

  /**
   * Moves a process with all its threads here, as a write to {@code cgroup.procs}.
   *
   * @param process the process
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void attach(FakeProcess process) throws IOException;

  /**
   * Moves the process of this id here. It can be {@link Cgroups#self}, or one that {@link
   * Cgroups#start} or a fixture brought.
   *
   * @param pid the id
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void attach(int pid) throws IOException;

  /** {@return the processes in it, ascending} */
  List<Integer> processes();

  /** {@return the threads in it, ascending} */
  List<Integer> threads();

  /**
   * {@return what is used now, in bytes}
   *
   * @param counter which of its counters
   */
  long usage(Counter counter);

  /**
   * {@return the limit, in bytes; more than 2^62 if there is none}
   *
   * @param counter which of its counters
   */
  long limit(Counter counter);

  /**
   * {@return the highest usage so far, in bytes}
   *
   * @param counter which of its counters
   */
  long peak(Counter counter);

  /**
   * {@return how often a limit has refused a charge}
   *
   * @param counter which of its counters
   */
  long failcnt(Counter counter);

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
  Charge charge(Counter counter, long bytes) throws IOException;

  /**
   * Adds simulated connections: what {@code sim.tcp.flows} takes after {@code add}, as {@code
   * upload connections=8 chunk=16K send=max read=200K/s}. There need not be such a file.
   *
   * @param line the flow, with its options
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void addFlow(String line) throws IOException;

  /**
   * Changes a flow: what {@code sim.tcp.flows} takes after {@code set}.
   *
   * @param line the flow, with its options
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void setFlow(String line) throws IOException;

  /**
   * Ends the connections of a flow.
   *
   * @param flowName the name of the flow
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  void removeFlow(String flowName) throws IOException;

  /** {@return its flows, in the order in which they were added} */
  List<Flow> flows();

  /**
   * {@return TCP memory in numbers, as {@code sim.tcp.stat} shows them, also where there is no such
   * file: {@code sockets}, {@code memory} in pages, {@code pressure}, {@code rcvq_dropped} and
   * others} On the root they are those of the whole machine.
   */
  Map<String, Long> tcpStat();

  /**
   * Registers for events, as a program does with an eventfd and {@code cgroup.event_control}.
   *
   * @param file the control file that has events: of usage, of pressure, or of the end of memory
   * @param args what the file wants: a threshold in bytes, a level of pressure, or nothing
   * @return what counts the events
   * @throws IOException if the kernel refuses it, with the class and the reason of {@code
   *     java.nio.file}
   */
  EventCounter onEvent(String file, String args) throws IOException;

  /**
   * Makes calls of the code under test fail or wait, on files of this group, and on groups that are
   * made or removed in it. Groups below it are meant only with {@code group=PATTERN} in a line.
   *
   * @param lines of {@code sim.fault}, as {@code write memory.limit_in_bytes error=EBUSY count=1}.
   *     There need not be such a file.
   * @throws IOException "Invalid argument" if a line is wrong, or no kernel would answer so
   */
  void fault(String lines) throws IOException;

  /**
   * Adds a fault: see {@link #fault(String)}. Groups below this one are meant only with {@link
   * Fault#inGroups}.
   *
   * @param fault the fault
   * @throws IOException "Invalid argument" if a line is wrong, or no kernel would answer so
   */
  void fault(Fault fault) throws IOException;

  /**
   * Ends all faults of this group; calls that wait for them go on.
   *
   * @throws IOException "No such device" if the group was removed
   */
  void clearFaults() throws IOException;

  /**
   * {@return writes of the code under test to files of this group, also refused ones, in their
   * order}
   */
  List<FileCall> writes();

  /**
   * {@return reads of the code under test in this group, one for each time that a file was opened}
   */
  List<FileCall> reads();

  /**
   * Fails unless the code under test wrote to that file of this group, with success.
   *
   * @param file the name of a control file
   * @return what more can be said of these writes
   */
  WriteAssertion assertWrote(String file);

  /**
   * Fails if the code under test wrote to that file of this group, with success or without.
   *
   * @param file the name of a control file
   */
  void assertNeverWrote(String file);

  /**
   * Fails unless a write of the code under test to that file of this group was refused so.
   *
   * @param file the name of a control file
   * @param errno the name of the error, as {@code EBUSY}
   */
  void assertRefused(String file, String errno);
}
