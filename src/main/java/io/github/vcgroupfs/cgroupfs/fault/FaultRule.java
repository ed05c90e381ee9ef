package io.github.vcgroupfs.cgroupfs.fault;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.kernel.Errno;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule of {@code sim.fault}: which calls it applies to, and what happens to them. Immutable.
 *
 * @param call the call
 * @param where the caller and the file that it applies to
 * @param when which of these calls it strikes
 * @param effect what happens then
 * @param force whether errors that no kernel returns are allowed
 */
record FaultRule(FsCall call, Where where, When when, Effect effect, boolean force) {
  /** The longest delay, of one rule and of all that strike a call. */
  static final int MAX_DELAY_MS = 60_000;

  /**
   * Which calls.
   *
   * @param file the name of the file, or of the group that is made, removed or renamed; null: any
   * @param group the path of the group from the one whose {@code sim.fault} it is; null: that one
   * @param process a name, or the digits of an id; null: any
   */
  record Where(@Nullable Glob file, @Nullable Glob group, @Nullable Glob process) {}

  /**
   * Which of the calls that match.
   *
   * @param after how many go well at first
   * @param count how many are struck at most
   * @param probability of each of them
   */
  record When(long after, long count, double probability) {
    /** All of them. */
    static final When ALWAYS = new When(0, Long.MAX_VALUE, 1);
  }

  /**
   * What happens.
   *
   * @param errno the answer; null: the call is carried out
   * @param delayMs how long it takes before
   * @param shortBytes what a read returns at most; null: what it asks for
   */
  record Effect(@Nullable Errno errno, int delayMs, @Nullable Integer shortBytes) {}

  /**
   * Whether it is about that call.
   *
   * @param owner whose {@code sim.fault} it stands in
   * @param group in which the call takes place
   * @param name of what it is about; {@link CallSubject#SELF}: the group's directory
   */
  boolean matches(Cgroup owner, Cgroup group, String name) {
    Glob groups = where.group();
    if (groups == null ? group != owner : !groups.matches(pathBelow(owner, group))) {
      return false;
    }
    Glob files = where.file();
    if (name.equals(Served.FAULT.fullName())) {
      return false; // or clear could not be written any more
    }
    if (FileOwner.OURS.owns(name) && (files == null || !FileOwner.OURS.owns(files.pattern()))) {
      return false; // so that a rule for all files does not blind who looks for its hits
    }
    return files == null || files.matches(name);
  }

  /** Whether it is about what that process calls; {@code name[id]}. */
  boolean matchesProcess(String described) {
    Glob process = where.process();
    if (process == null) {
      return true;
    }
    int bracket = described.lastIndexOf('[');
    String id = described.substring(bracket + 1, described.length() - 1);
    return process.matches(described.substring(0, bracket)) || process.pattern().equals(id);
  }

  private static String pathBelow(Cgroup owner, Cgroup group) {
    if (group == owner) {
      return CallSubject.SELF;
    }
    String path = group.path();
    return path.substring(owner.isRoot() ? 1 : owner.path().length() + 1);
  }

  /** The line that makes it. */
  String text() {
    StringBuilder text = new StringBuilder(call.label());
    if (where.file() != null) {
      text.append(' ').append(where.file());
    }
    option(text, FaultKey.GROUP, where.group());
    option(text, FaultKey.PROCESS, where.process());
    option(text, FaultKey.AFTER, when.after() == 0 ? null : when.after());
    option(text, FaultKey.COUNT, when.count() == Long.MAX_VALUE ? null : when.count());
    option(text, FaultKey.PROBABILITY, when.probability() == 1 ? null : when.probability());
    option(text, FaultKey.DELAY, effect.delayMs() == 0 ? null : effect.delayMs() + "ms");
    option(text, FaultKey.SHORT, effect.shortBytes());
    option(text, FaultKey.ERROR, effect.errno());
    return text.append(force ? " force" : "").toString();
  }

  private static void option(StringBuilder text, FaultKey key, @Nullable Object value) {
    if (value != null) {
      text.append(' ').append(key.name().toLowerCase(Locale.ROOT)).append('=').append(value);
    }
  }
}
