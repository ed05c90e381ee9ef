package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one wrapper around every operation: a refusal gets its line in the group's {@code sim.why}
 * and in {@code sim.journal} and goes on unchanged; a change gets a line in the journal. A mount
 * without {@code sim.*} files records nothing.
 *
 * <p>Thread-safe. Bounded: so many lines a group, so many in the journal, so many bytes a line.
 */
final class Recorder {
  /** Who calls a release agent. */
  private static final String KERNEL = "kernel";

  private static final int MAX_WHY_LINES = 32;
  private static final int MAX_JOURNAL_LINES = 1000;

  private final Hierarchy tree;
  private final Clock clock;
  private final Faults faults;
  private final boolean enabled;
  private final BoundedLog journal = new BoundedLog(MAX_JOURNAL_LINES);
  private final Map<Long, BoundedLog> whys = new ConcurrentHashMap<>();

  Recorder(Hierarchy tree, Clock clock, Faults faults) {
    this.tree = tree;
    this.clock = clock;
    this.faults = faults;
    this.enabled = tree.profile().has(KernelFeature.SIM_FILES);
    tree.addGroupListener(group -> whys.remove(group.id()));
    tree.addGroupListener(faults::removed);
    tree.releases().addListener(this::released);
  }

  /** Runs an operation and records how it went, and then what groups it emptied. */
  <T> T record(Subject subject, Operation<T> operation) throws ErrnoException {
    return recordRead(subject, Integer.MAX_VALUE, mostBytes -> operation.run());
  }

  /** The same of a read, which a fault may cut short. */
  <T> T recordRead(Subject subject, int sizeBytes, ReadOperation<T> operation)
      throws ErrnoException {
    T result;
    try {
      int mostBytes = faults.any() ? faults.strike(subject, this::describe) : sizeBytes;
      result = operation.run(Math.min(sizeBytes, mostBytes));
    } catch (ErrnoException refusal) {
      refused(subject, refusal);
      tree.releases().deliver();
      throw refusal;
    }
    if (enabled && subject.call().mutates()) {
      journal.add(entry(subject, null, ""));
    }
    tree.releases().deliver();
    return result;
  }

  /** What makes calls fail. */
  Faults faults() {
    return faults;
  }

  /** {@code sim.why}: the last refusals in the group. */
  String why(Target target) {
    BoundedLog log = whys.get(target.group().id());
    return log == null ? "" : log.text();
  }

  /** {@code sim.journal}: the last changes and refusals of the mount. */
  String journal(Target target) {
    return journal.text();
  }

  private void released(String agent, String group) {
    if (enabled) {
      String shown = Entry.shorten(agent);
      journal.add(new Entry(clock.millis(), KERNEL, Call.RELEASE_AGENT, group, shown, null, ""));
    }
  }

  private void refused(Subject subject, ErrnoException refusal) {
    if (!enabled || !subject.call().isRecorded()) {
      return;
    }
    Entry entry = entry(subject, refusal.errno(), refusal.why());
    journal.add(entry);
    MemCgroup group = subject.group();
    if (group != null && group.isAlive()) {
      whys.computeIfAbsent(group.id(), id -> new BoundedLog(MAX_WHY_LINES)).add(entry);
    }
  }

  private String describe(Subject subject) {
    return tree.membership().describe(subject.caller().tid());
  }

  private Entry entry(Subject subject, @Nullable Errno errno, String why) {
    return new Entry(
        clock.millis(),
        describe(subject),
        subject.call(),
        subject.path(),
        Entry.shorten(subject.argument()),
        errno,
        Entry.shortenSentence(why));
  }

  /** What may refuse. */
  interface Operation<T> {
    T run() throws ErrnoException;
  }

  /** What may refuse and takes a number of bytes. */
  interface ReadOperation<T> {
    T run(int mostBytes) throws ErrnoException;
  }

  /**
   * What is called, by whom, on what.
   *
   * @param group whose {@code sim.why} gets the line; null if the path names none
   * @param argument what was written, one char a byte, or a second path, or null
   */
  record Subject(
      Call call, Caller caller, @Nullable MemCgroup group, String path, @Nullable String argument) {

    /** Whether it is about a group itself, and not about a name in it. */
    boolean isGroup() {
      return group != null && path.equals(group.path());
    }

    /** The last name of the path; of a group: that of its own directory. */
    String name() {
      return isGroup() ? FaultRule.SELF : path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
