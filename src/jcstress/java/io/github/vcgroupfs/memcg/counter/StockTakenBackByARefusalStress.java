package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * One leaf charges 1 page out of its stock, the other 69, below a limit of 70 against which the
 * stock is held as well: 1 is charged, so there is room for either.
 *
 * <p>Result: whether each was charged; usage and failcnt.
 */
@JCStressTest
@Outcome(id = "true, false, 2 1", expect = ACCEPTABLE, desc = "The stock was used first.")
@Outcome(id = "false, true, 70 1", expect = ACCEPTABLE, desc = "It was taken back first.")
@Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "Above the limit.")
@Outcome(id = "false, false, .*", expect = FORBIDDEN, desc = "Refused for a stock.")
@Outcome(expect = FORBIDDEN, desc = "Pages or a failure were lost.")
@State
public class StockTakenBackByARefusalStress {
  private final DeepTree tree = new DeepTree();

  public StockTakenBackByARefusalStress() {
    tree.fork().trySetMax(70);
    tree.first().tryCharge(1);
  }

  @Actor
  public void first(ZZL_Result result) {
    result.r1 = tree.first().tryCharge(1) == null;
  }

  @Actor
  public void second(ZZL_Result result) {
    result.r2 = tree.second().tryCharge(69) == null;
  }

  @Arbiter
  public void settle(ZZL_Result result) {
    result.r3 = tree.usageAbove() + " " + tree.fork().failcnt();
  }
}
