package io.github.vcgroupfs.cgroupfs.fault;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are made to fail, to wait or to read short, so that people can test their tools.
 * {@code sim.fault} shows and sets the rules. When a group is removed, its rules are removed as
 * well. In a mount without rules, a call costs only one look at a field.
 *
 * <p>Thread-safe. A call that is looked at takes only the monitors of the rules that it matches,
 * one after the other, so nobody waits for the rules of others. Nothing is held during a delay.
 */
public final class Faults {
  private static final int MAX_RULES = 256;

  private final Waiting waiting;
  private final Predicate<Caller> exempt;

  @GuardedBy("random")
  private final SplittableRandom random;

  /** Written under the own monitor. The lists do not change. */
  private final Map<Cgroup, List<Fault>> byGroup = new ConcurrentHashMap<>();

  private volatile boolean any;

  /**
   * Starts without rules.
   *
   * @param seed the seed for rules that strike at random
   * @param waiting how calls wait
   */
  public Faults(long seed, Waiting waiting) {
    this(seed, waiting, caller -> false);
  }

  /**
   * Starts without rules, where some callers never meet one.
   *
   * @param exempt whether no rule is about the calls of this one
   */
  public Faults(long seed, Waiting waiting, Predicate<Caller> exempt) {
    this.exempt = exempt;
    this.random = new SplittableRandom(seed);
    this.waiting = waiting;
  }

  /** A rule and what became of it. */
  private static final class Fault implements Delay.Part {
    private final FaultRule rule;

    /** The user who wrote it, for whom it counts. */
    private final int uid;

    private volatile boolean gone;

    @GuardedBy("this")
    private long matched;

    @GuardedBy("this")
    private long struck;

    Fault(FaultRule rule, int uid) {
      this.rule = rule;
      this.uid = uid;
    }

    @Override
    public int ms() {
      return gone ? 0 : rule.effect().delayMs();
    }
  }

  /** What the rules say to one call: added up over those that strike. */
  private static final class Verdict {
    private final List<Delay.Part> delays = new ArrayList<>(0);
    private int mostBytes = Integer.MAX_VALUE;
    private @Nullable ErrnoException refusal;
  }

  /** One call, and the name of its process, which is looked up only if a rule needs it. */
  private static final class Call {
    private final CallSubject subject;
    private final Function<CallSubject, String> describe;
    private @Nullable String process;

    Call(CallSubject subject, Function<CallSubject, String> describe) {
      this.subject = subject;
      this.describe = describe;
    }

    boolean isOf(FaultRule rule) {
      if (!rule.where().isOf(subject.caller())) {
        return false;
      }
      if (rule.where().process() == null) {
        return true;
      }
      if (process == null) {
        process = describe.apply(subject);
      }
      return rule.matchesProcess(process);
    }
  }

  /** Whether there may be any rules. Ask this before {@link #strike}. */
  public boolean any() {
    return any;
  }

  /**
   * Applies the rules to a call: waits if a rule says so, then fails the call or lets it go on. The
   * caller holds no lock.
   *
   * @param describe gives the name and id of a thread; called only if a rule needs it
   * @return the most bytes that a read may return
   * @throws ErrnoException the error that a rule asks for, or that of a wait that was ended
   */
  public int strike(CallSubject subject, Function<CallSubject, String> describe)
      throws ErrnoException {
    Cgroup group = subject.group();
    if (group == null || exempt.test(subject.caller())) {
      return Integer.MAX_VALUE;
    }
    Verdict verdict = new Verdict();
    Call call = new Call(subject, describe);
    Cgroup parent = group.parent();
    if (subject.isGroup() && subject.call().isOfNames() && parent != null) {
      ask(call, parent, group.name(), verdict);
      ask(call, group, CallSubject.SELF, verdict);
    } else {
      ask(call, group, subject.name(), verdict);
    }
    if (!verdict.delays.isEmpty()) {
      waiting.await(new Delay(group, verdict.delays));
    }
    if (verdict.refusal != null) {
      throw verdict.refusal;
    }
    return verdict.mostBytes;
  }

  private void ask(Call call, Cgroup group, String name, Verdict verdict) {
    for (@Nullable Cgroup at = group; at != null; at = at.parent()) {
      for (Fault fault : byGroup.getOrDefault(at, List.of())) {
        if (verdict.refusal == null
            && fault.rule.call() == call.subject.call()
            && fault.rule.matches(at, group, name)
            && call.isOf(fault.rule)) {
          met(fault, at, verdict);
        }
      }
    }
  }

  private void met(Fault fault, Cgroup owner, Verdict verdict) {
    FaultRule.When when = fault.rule.when();
    long hit;
    synchronized (fault) {
      fault.matched++;
      if (fault.matched <= when.after()
          || fault.struck >= when.count()
          || (when.probability() < 1 && nextDouble() >= when.probability())) {
        return;
      }
      hit = ++fault.struck;
    }
    FaultRule.Effect effect = fault.rule.effect();
    if (effect.delayMs() > 0) {
      verdict.delays.add(fault);
    }
    if (effect.shortBytes() != null) {
      verdict.mostBytes = Math.min(verdict.mostBytes, effect.shortBytes());
    }
    if (effect.errno() != null) {
      verdict.refusal =
          new ErrnoException(
              effect.errno(),
              "sim.fault of %s says \"%s\", and this is hit %d: write clear to that file to end it"
                  .formatted(owner.path(), fault.rule.text(), hit));
    }
  }

  private double nextDouble() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  /** The rules of a group, a line each, with a remark on how often they matched and struck. */
  String text(Cgroup group) {
    StringBuilder text = new StringBuilder();
    for (Fault fault : byGroup.getOrDefault(group, List.of())) {
      synchronized (fault) {
        text.append(fault.rule.text())
            .append(" # matched %d, struck %d".formatted(fault.matched, fault.struck));
        Integer uid = fault.rule.where().uid();
        if (uid != null) {
          text.append(", calls of uid ").append(Integer.toUnsignedString(uid)).append(" only");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  /**
   * Carries out lines that were parsed.
   *
   * @param writer for whom the lines count
   * @throws ErrnoException EINVAL for too many rules in the group, ENODEV if the group was removed,
   *     ENOSPC for too many of the writer or in the mount
   */
  void apply(Cgroup group, FaultLines.Parsed lines, Caller writer, Quotas quotas)
      throws ErrnoException {
    boolean ended;
    synchronized (this) {
      List<Fault> before = byGroup.getOrDefault(group, List.of());
      List<Fault> now = lines.clears() ? new ArrayList<>() : new ArrayList<>(before);
      lines.rules().forEach(rule -> now.add(new Fault(rule, writer.uid())));
      if (now.size() > MAX_RULES) {
        throw new ErrnoException(
            Errno.EINVAL,
            "%d lines: sim.fault holds %d at most; write clear first"
                .formatted(now.size(), MAX_RULES));
      }
      TreeRules.requireAlive(group); // if it dies after this, removed() comes after this, too
      Map<Integer, Long> changes = new HashMap<>();
      now.forEach(fault -> changes.merge(fault.uid, 1L, Long::sum));
      before.forEach(fault -> changes.merge(fault.uid, -1L, Long::sum));
      quotas.change(writer, Quota.FAULTS, changes);
      put(group, List.copyOf(now));
      ended = lines.clears() && end(before);
    }
    if (ended) {
      waiting.changed();
    }
  }

  /**
   * Forgets the rules of a group that was removed, gives them back to who wrote them, and ends the
   * waits of its calls.
   */
  public void removed(Cgroup group, Quotas quotas) {
    synchronized (this) {
      List<Fault> before = byGroup.getOrDefault(group, List.of());
      end(before);
      put(group, List.of());
      before.forEach(fault -> quotas.give(fault.uid, Quota.FAULTS, 1));
    }
    waiting.changed();
  }

  @GuardedBy("this")
  private void put(Cgroup group, List<Fault> faults) {
    if (faults.isEmpty()) {
      byGroup.remove(group);
    } else {
      byGroup.put(group, faults);
    }
    any = !byGroup.isEmpty();
  }

  /** Whether a call may have waited for one of them. */
  private static boolean end(List<Fault> faults) {
    faults.forEach(each -> each.gone = true);
    return !faults.isEmpty();
  }

  /**
   * Ends the wait of a call, which then fails with EINTR.
   *
   * @param thread the thread that carries out the call
   * @return whether it waited; if not, nothing happens to it
   */
  public boolean interrupt(Thread thread) {
    return waiting.interrupt(thread);
  }

  /** Ends all waits for good: the file system is not served any more. */
  public void abort() {
    waiting.abort();
  }
}
