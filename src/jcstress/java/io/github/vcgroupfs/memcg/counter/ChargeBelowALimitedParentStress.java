package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.vcgroupfs.kernel.CounterEra;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two leaves charge 3 pages each below a parent that takes 5. A leaf that was refused has undone
 * itself.
 */
@JCStressTest
@Outcome(id = "true, false, 3 0 3 1", expect = ACCEPTABLE, desc = "The first leaf came first.")
@Outcome(id = "false, true, 0 3 3 1", expect = ACCEPTABLE, desc = "The second leaf came first.")
@Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "The parent is above its limit.")
@Outcome(
    id = "false, false, .*",
    expect = FORBIDDEN,
    desc = "One level compares and adds in one step: somebody must win.")
@Outcome(expect = FORBIDDEN, desc = "A level holds what another does not, or failcnt is wrong.")
@State
public class ChargeBelowALimitedParentStress {
  private final PageCounter parent =
      new PageCounter(CounterEra.PAGE_COUNTER, null, ModelListener.SILENT);
  private final PageCounter one =
      new PageCounter(CounterEra.PAGE_COUNTER, parent, ModelListener.SILENT);
  private final PageCounter other =
      new PageCounter(CounterEra.PAGE_COUNTER, parent, ModelListener.SILENT);

  public ChargeBelowALimitedParentStress() {
    parent.trySetMax(5);
  }

  @Actor
  public void one(ZZL_Result result) {
    result.r1 = one.tryCharge(3) == null;
  }

  @Actor
  public void other(ZZL_Result result) {
    result.r2 = other.tryCharge(3) == null;
  }

  @Arbiter
  public void settle(ZZL_Result result) {
    result.r3 =
        "%d %d %d %d".formatted(one.usage(), other.usage(), parent.usage(), parent.failcnt());
  }
}
