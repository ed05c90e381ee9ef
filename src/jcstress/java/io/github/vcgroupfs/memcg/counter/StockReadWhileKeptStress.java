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
 * A leaf keeps 2 of its 6 pages in stock while somebody reads the usage above, which takes the
 * stock back.
 *
 * <p>Result: what was read; what is left.
 */
@JCStressTest
@Outcome(id = "6, 4", expect = ACCEPTABLE, desc = "Read before they were given back.")
@Outcome(id = "4, 4", expect = ACCEPTABLE, desc = "Read after.")
@Outcome(expect = FORBIDDEN, desc = "Read what never was, or pages were lost.")
@State
public class StockReadWhileKeptStress {
  private final DeepTree tree = new DeepTree();

  public StockReadWhileKeptStress() {
    tree.first().tryCharge(6);
  }

  @Actor
  public void uncharge() {
    tree.first().uncharge(2);
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
