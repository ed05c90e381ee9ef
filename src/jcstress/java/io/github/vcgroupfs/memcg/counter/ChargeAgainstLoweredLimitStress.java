package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.vcgroupfs.kernel.CounterEra;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A charge of 4 pages and a limit of 3 that is set meanwhile. Each writes its own variable before
 * it reads the other's, so at least one sees the other and gives way.
 *
 * <p>Result: whether it was charged, whether the limit was accepted, and how usage stands to the
 * limit.
 */
@JCStressTest
@Outcome(id = "true, false, within", expect = ACCEPTABLE, desc = "The charge came first.")
@Outcome(id = "false, true, within", expect = ACCEPTABLE, desc = "The limit came first.")
@Outcome(
    id = "false, false, within",
    expect = ACCEPTABLE_INTERESTING,
    desc = "Both saw each other and gave way: the speculative refusal that is tolerated.")
@Outcome(
    id = "true, true, above",
    expect = FORBIDDEN,
    desc = "Usage above a limit that was accepted.")
@Outcome(expect = FORBIDDEN, desc = "Something was charged or kept that should not be.")
@State
public class ChargeAgainstLoweredLimitStress {
  private final PageCounter counter =
      new PageCounter(CounterEra.PAGE_COUNTER, null, ModelListener.SILENT);

  @Actor
  public void charge(ZZL_Result result) {
    result.r1 = counter.tryCharge(4) == null;
  }

  @Actor
  public void lower(ZZL_Result result) {
    result.r2 = counter.trySetMax(3);
  }

  @Arbiter
  public void settle(ZZL_Result result) {
    boolean charged = counter.usage() == (result.r1 ? 4 : 0);
    boolean limited = counter.max() == (result.r2 ? 3 : CounterEra.PAGE_COUNTER.unlimited());
    boolean counted = counter.failcnt() == (result.r1 ? 0 : 1);
    String relation = counter.usage() <= counter.max() ? "within" : "above";
    result.r3 = charged && limited && counted ? relation : relation + ", but not as answered";
  }
}
