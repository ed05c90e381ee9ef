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
 * Records what happened. A refused call gets a line in {@code sim.why} of its group and in {@code
 * sim.journal}. A change gets a line in the journal. In a mount without {@code sim.*} files nothing
 * is recorded.
 *
 * <p>Thread-safe. The number of lines in each file and the length of a line have upper bounds.
 */
public final class Recorder {
  /** Who calls a release agent. */
  private static final String KERNEL = "kernel";

  private static final String DAEMON = "vcgroupfs";

  private static final int MAX_WHY_LINES = 32;
  private static final int MAX_JOURNAL_LINES = 1000;

  private final CgroupTree tree;
  private final Clock clock;
  private final boolean enabled;
  private final BoundedLog journal = new BoundedLog(MAX_JOURNAL_LINES);
  private final Map<Long, BoundedLog> whys = new ConcurrentHashMap<>();

  /** Starts with nothing recorded. Calls of release agents are recorded from now on. */
  public Recorder(CgroupTree tree, Clock clock) {
    this.tree = tree;
    this.clock = clock;
    this.enabled = tree.profile().has(KernelFeature.SIM_FILES);
    tree.addGroupListener(group -> whys.remove(group.id()));
    tree.releases().addListener(this::released);
    tree.addNewsListener(this::failed);
  }

  /** Records a call that succeeded. */
  public void succeeded(CallSubject subject) {
    if (enabled && subject.call().mutates()) {
      journal.add(entry(subject, null, ""));
    }
  }

  /** Records a call that was refused. */
  public void refused(CallSubject subject, ErrnoException refusal) {
    if (!enabled || !subject.call().isRecorded()) {
      return;
    }
    refused(subject.group(), entry(subject, refusal.errno(), refusal.why()));
  }

  private void refused(@Nullable Cgroup group, JournalEntry entry) {
    journal.add(entry);
    if (group != null && group.isAlive()) {
      whys.computeIfAbsent(group.id(), id -> new BoundedLog(MAX_WHY_LINES)).add(entry);
      if (!group.isAlive()) {
        whys.remove(group.id()); // it was removed meanwhile, perhaps before there was anything
      }
    }
  }

  private void failed(Cgroup group, String file, String subject, ErrnoException failure) {
    if (enabled) {
      String path = group.isRoot() ? "/" + file : group.path() + "/" + file;
      refused(
          group,
          new JournalEntry(
              clock.millis(),
              DAEMON,
              FsCall.RESOLVE,
              path,
              JournalEntry.shorten(subject),
              failure.errno(),
              JournalEntry.shortenSentence(failure.why())));
    }
  }

  /** The text of {@code sim.why}: the last refusals in the group, one on each line. */
  public String why(Cgroup group) {
    BoundedLog log = whys.get(group.id());
    return log == null ? "" : log.text();
  }

  /**
   * The text of {@code sim.journal}: the last changes and refusals of the mount, one on each line.
   */
  public String journal() {
    return journal.text();
  }

  /** The name and id of the thread that makes the call: {@code name[id]}. */
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
