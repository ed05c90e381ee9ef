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
 * The watermark above is reset while a leaf charges 2 pages out of its stock, which raises no
 * watermark: the reset must take the stock back.
 *
 * <p>Result: usage; how far the watermark is below it.
 */
@JCStressTest
@Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "The watermark has seen the charge.")
@Outcome(expect = FORBIDDEN, desc = "The watermark is below usage, or pages were lost.")
@State
public class StockUsedWhileWatermarkIsResetStress {
  private final DeepTree tree = new DeepTree();

  public StockUsedWhileWatermarkIsResetStress() {
    tree.first().tryCharge(3);
  }

  @Actor
  public void charge() {
    tree.first().tryCharge(2);
  }

  @Actor
  public void reset() {
    tree.fork().resetWatermark();
  }

  @Arbiter
  public void settle(JJ_Result result) {
    result.r1 = tree.usageAbove();
    result.r2 = Math.max(0, result.r1 - tree.fork().watermark());
  }
}
