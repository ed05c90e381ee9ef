package io.github.vcgroupfs.cgroupfs.fault;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are made to fail, to wait or to read short, so that people can test their tools.
 * {@code sim.fault} shows and sets the rules. When a group is removed, its rules are removed as
 * well. In a mount without rules, a call costs only one look at a field.
 *
 * <p>Thread-safe: it has a monitor of its own, which is not held during a delay.
 */
public final class Faults {
  private static final int MAX_RULES = 256;

  private final LongConsumer sleepMs;

  @GuardedBy("this")
  private final SplittableRandom random;

  @GuardedBy("this")
  private final Map<Cgroup, List<Fault>> byGroup = new HashMap<>();

  private volatile boolean any;

  /**
   * Starts without rules.
   *
   * @param seed the seed for rules that strike at random
   * @param sleepMs how to wait for a number of milliseconds
   */
  public Faults(long seed, LongConsumer sleepMs) {
    this.random = new SplittableRandom(seed);
    this.sleepMs = sleepMs;
  }

  /** A rule and what became of it. */
  private static final class Fault {
    private final FaultRule rule;

    /** The user who wrote it, for whom it counts. */
    private final int uid;

    private long matched;
    private long struck;

    Fault(FaultRule rule, int uid) {
      this.rule = rule;
      this.uid = uid;
    }
  }

  /** What the rules say to one call: added up over those that strike. */
  private static final class Verdict {
    private long delayMs;
    private int mostBytes = Integer.MAX_VALUE;
    private @Nullable ErrnoException refusal;
  }

  /** Whether there may be any rules. Ask this before {@link #strike}. */
  public boolean any() {
    return any;
  }

  /**
   * Applies the rules to a call: waits if a rule says so, then fails the call or lets it go on.
   *
   * @param describe gives the name and id of a thread; called only if a rule needs it
   * @return the most bytes that a read may return
   * @throws ErrnoException the error that a rule asks for
   */
  public int strike(CallSubject subject, Function<CallSubject, String> describe)
      throws ErrnoException {
    Cgroup group = subject.group();
    if (group == null) {
      return Integer.MAX_VALUE;
    }
    String process = wantsProcess() ? describe.apply(subject) : null;
    Verdict verdict = new Verdict();
    synchronized (this) {
      Cgroup parent = group.parent();
      if (subject.isGroup() && subject.call().isOfNames() && parent != null) {
        ask(subject.call(), parent, group.name(), process, verdict);
        ask(subject.call(), group, CallSubject.SELF, process, verdict);
      } else {
        ask(subject.call(), group, subject.name(), process, verdict);
      }
    }
    if (verdict.delayMs > 0) {
      sleepMs.accept(Math.min(verdict.delayMs, FaultRule.MAX_DELAY_MS));
    }
    if (verdict.refusal != null) {
      throw verdict.refusal;
    }
    return verdict.mostBytes;
  }

  private synchronized boolean wantsProcess() {
    return byGroup.values().stream()
        .anyMatch(all -> all.stream().anyMatch(each -> each.rule.where().process() != null));
  }

  @GuardedBy("this")
  private void ask(
      FsCall call, Cgroup group, String name, @Nullable String process, Verdict verdict) {
    for (@Nullable Cgroup at = group; at != null; at = at.parent()) {
      for (Fault fault : byGroup.getOrDefault(at, List.of())) {
        if (verdict.refusal == null
            && fault.rule.call() == call
            && fault.rule.matches(at, group, name)
            && (process == null || fault.rule.matchesProcess(process))) {
          met(fault, at, verdict);
        }
      }
    }
  }

  @GuardedBy("this")
  private void met(Fault fault, Cgroup owner, Verdict verdict) {
    FaultRule.When when = fault.rule.when();
    fault.matched++;
    if (fault.matched <= when.after()
        || fault.struck >= when.count()
        || (when.probability() < 1 && random.nextDouble() >= when.probability())) {
      return;
    }
    fault.struck++;
    FaultRule.Effect effect = fault.rule.effect();
    verdict.delayMs += effect.delayMs();
    if (effect.shortBytes() != null) {
      verdict.mostBytes = Math.min(verdict.mostBytes, effect.shortBytes());
    }
    if (effect.errno() != null) {
      verdict.refusal =
          new ErrnoException(
              effect.errno(),
              "sim.fault of %s says \"%s\", and this is hit %d: write clear to that file to end it"
                  .formatted(owner.path(), fault.rule.text(), fault.struck));
    }
  }

  /** The rules of a group, a line each, with a remark on how often they matched and struck. */
  synchronized String text(Cgroup group) {
    StringBuilder text = new StringBuilder();
    for (Fault fault : byGroup.getOrDefault(group, List.of())) {
      text.append(fault.rule.text())
          .append(" # matched %d, struck %d\n".formatted(fault.matched, fault.struck));
    }
    return text.toString();
  }

  /**
   * Carries out lines that were parsed.
   *
   * @param writer for whom the lines count
   * @throws ErrnoException EINVAL for too many lines in the group, ENOSPC for too many of the
   *     writer or in the mount
   */
  synchronized void apply(Cgroup group, FaultLines.Parsed lines, Caller writer, Quotas quotas)
      throws ErrnoException {
    List<Fault> before = byGroup.getOrDefault(group, List.of());
    List<Fault> now = lines.clears() ? new ArrayList<>() : new ArrayList<>(before);
    lines.rules().forEach(rule -> now.add(new Fault(rule, writer.uid())));
    if (now.size() > MAX_RULES) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%d lines: sim.fault holds %d at most; write clear first"
              .formatted(now.size(), MAX_RULES));
    }
    Map<Integer, Long> changes = new HashMap<>();
    now.forEach(fault -> changes.merge(fault.uid, 1L, Long::sum));
    before.forEach(fault -> changes.merge(fault.uid, -1L, Long::sum));
    quotas.change(writer, Quota.FAULTS, changes);
    if (now.isEmpty()) {
      byGroup.remove(group);
    } else {
      byGroup.put(group, now);
    }
    any = !byGroup.isEmpty();
  }

  /** Forgets the rules of a group that was removed, and gives them back to who wrote them. */
  public synchronized void removed(Cgroup group, Quotas quotas) {
    List<Fault> gone = byGroup.remove(group);
    if (gone != null) {
      gone.forEach(fault -> quotas.give(fault.uid, Quota.FAULTS, 1));
    }
    any = !byGroup.isEmpty();
  }
}
