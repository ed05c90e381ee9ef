package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/**
 * A leaf gives 2 pages back and charges them again while a forced charge takes the level above over
 * its limit, after which every charge must be refused, whatever is in stock.
 *
 * <p>Result: whether it was charged again; usage, and how often the next charge is refused.
 */
@JCStressTest
@Outcome(id = "true, 206 1", expect = ACCEPTABLE, desc = "Charged before the forced charge.")
@Outcome(id = "false, 204 1", expect = ACCEPTABLE, desc = "Refused after it.")
@Outcome(expect = FORBIDDEN, desc = "Pages were lost, or a stock was used above the limit.")
@State
public class StockBelowAForcedChargeStress {
  private final DeepTree tree = new DeepTree();

  public StockBelowAForcedChargeStress() {
    tree.fork().trySetMax(100);
    tree.first().tryCharge(6);
  }

  @Actor
  public void again(ZL_Result result) {
    tree.first().uncharge(2);
    result.r1 = tree.first().tryCharge(2) == null;
  }

  @Actor
  public void force() {
    tree.fork().charge(200);
  }

  @Arbiter
  public void settle(ZL_Result result) {
    tree.first().uncharge(1);
    boolean refused = tree.first().tryCharge(1) == tree.fork();
    result.r2 = (tree.usageAbove() + (refused ? 1 : 0)) + (refused ? " 1" : " 0");
  }
}
