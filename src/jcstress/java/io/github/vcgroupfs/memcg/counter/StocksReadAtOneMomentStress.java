package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two pages go from one leaf to the other, each with a stock, while somebody reads the usage above
 * both. Adding up stocks one after the other would show 14.
 *
 * <p>Result: what was read; what is left.
 */
@JCStressTest
@Outcome(id = "12, 12", expect = ACCEPTABLE, desc = "Read before or after.")
@Outcome(id = "10, 12", expect = ACCEPTABLE, desc = "Read in between.")
@Outcome(expect = FORBIDDEN, desc = "Read what never was, or pages were lost.")
@State
public class StocksReadAtOneMomentStress {
  private final DeepTree tree = new DeepTree();

  public StocksReadAtOneMomentStress() {
    tree.first().tryCharge(6);
    tree.second().tryCharge(6);
  }

  @Actor
  public void move() {
    tree.first().uncharge(2);
    tree.second().tryCharge(2);
  }

  @Actor
  public void read(JJ_Result result) {
    result.r1 = tree.fork().usage();
  }

  @Arbiter
  public void settle(JJ_Result result) {
    result.r2 = tree.usageAbove();
  }
}
