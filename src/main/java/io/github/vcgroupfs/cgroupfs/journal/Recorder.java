package io.github.vcgroupfs.cgroupfs.journal;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happened: a refusal gets its line in the group's {@code sim.why} and in {@code
 * sim.journal}, a change gets one in the journal. A mount without {@code sim.*} files records
 * nothing.
 *
 * <p>Thread-safe. Bounded: so many lines a group, so many in the journal, so many bytes a line.
 */
public final class Recorder {
  /** Who calls a release agent. */
  private static final String KERNEL = "kernel";

  private static final int MAX_WHY_LINES = 32;
  private static final int MAX_JOURNAL_LINES = 1000;

  private final CgroupTree tree;
  private final Clock clock;
  private final boolean enabled;
  private final BoundedLog journal = new BoundedLog(MAX_JOURNAL_LINES);
  private final Map<Long, BoundedLog> whys = new ConcurrentHashMap<>();

  /** Nothing written down yet; release agents are heard of from now on. */
  public Recorder(CgroupTree tree, Clock clock) {
    this.tree = tree;
    this.clock = clock;
    this.enabled = tree.profile().has(KernelFeature.SIM_FILES);
    tree.addGroupListener(group -> whys.remove(group.id()));
    tree.releases().addListener(this::released);
  }

  /** A call was carried out. */
  public void succeeded(CallSubject subject) {
    if (enabled && subject.call().mutates()) {
      journal.add(entry(subject, null, ""));
    }
  }

  /** A call was refused. */
  public void refused(CallSubject subject, ErrnoException refusal) {
    if (!enabled || !subject.call().isRecorded()) {
      return;
    }
    JournalEntry entry = entry(subject, refusal.errno(), refusal.why());
    journal.add(entry);
    Cgroup group = subject.group();
    if (group != null && group.isAlive()) {
      whys.computeIfAbsent(group.id(), id -> new BoundedLog(MAX_WHY_LINES)).add(entry);
    }
  }

  /** {@code sim.why}: the last refusals in the group, a line each. */
  public String why(Cgroup group) {
    BoundedLog log = whys.get(group.id());
    return log == null ? "" : log.text();
  }

  /** {@code sim.journal}: the last changes and refusals of the mount, a line each. */
  public String journal() {
    return journal.text();
  }

  /** Name and id of the thread that calls: {@code name[id]}. */
  public String describe(CallSubject subject) {
    return tree.membership().describe(subject.caller().tid());
  }

  private void released(String agent, String group) {
    if (enabled) {
      String shown = JournalEntry.shorten(agent);
      journal.add(
          new JournalEntry(clock.millis(), KERNEL, FsCall.RELEASE_AGENT, group, shown, null, ""));
    }
  }

  private JournalEntry entry(CallSubject subject, @Nullable Errno errno, String why) {
    return new JournalEntry(
        clock.millis(),
        describe(subject),
        subject.call(),
        subject.path(),
        JournalEntry.shorten(subject.argument()),
        errno,
        JournalEntry.shortenSentence(why));
  }
}
