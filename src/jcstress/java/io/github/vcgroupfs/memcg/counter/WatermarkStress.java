package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.vcgroupfs.kernel.CounterEra;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two charges, 2 and 3 pages: usage and the highest usage are both 5 at the end. */
@JCStressTest
@Outcome(id = "5, 5", expect = ACCEPTABLE, desc = "Both charges are in usage and in max_usage.")
@Outcome(id = "5, .*", expect = FORBIDDEN, desc = "The watermark missed the highest usage.")
@Outcome(expect = FORBIDDEN, desc = "A charge was lost.")
@State
public class WatermarkStress {
  private final PageCounter counter =
      new PageCounter(CounterEra.PAGE_COUNTER, null, ModelListener.SILENT);

  @Actor
  public void forced() {
    counter.charge(2);
  }

  @Actor
  public void tried() {
    counter.tryCharge(3);
  }

  @Arbiter
  public void settle(JJ_Result result) {
    result.r1 = counter.usage();
    result.r2 = counter.watermark();
  }
}
