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
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * User memory and kernel memory are charged 3 pages each, against one limit of 5 that holds one of
 * them.
 *
 * <p>Result: whether user memory was charged, whether kernel memory was, and what both hold.
 */
@JCStressTest
@Outcome(id = "true, false, 3", expect = ACCEPTABLE, desc = "User memory came first.")
@Outcome(id = "false, true, 3", expect = ACCEPTABLE, desc = "Kernel memory came first.")
@Outcome(
    id = "false, false, 0",
    expect = ACCEPTABLE_INTERESTING,
    desc = "Each saw the other before it was taken back: both refused, nothing charged.")
@Outcome(id = "true, true, 6", expect = FORBIDDEN, desc = "The sum is above the limit.")
@Outcome(expect = FORBIDDEN, desc = "What is held, counted or remembered is not what was answered.")
@State
public class TwoChargesOnAJointLimitStress {
  private final PageCounter memory =
      new PageCounter(CounterEra.PAGE_COUNTER, null, ModelListener.SILENT);
  private final PageCounter kmem =
      new PageCounter(CounterEra.PAGE_COUNTER, null, ModelListener.SILENT);

  public TwoChargesOnAJointLimitStress() {
    JointLimit joint = new JointLimit(memory, kmem, false);
    memory.shareLimit(joint);
    kmem.shareLimit(joint);
    memory.trySetMax(5);
  }

  @Actor
  public void user(ZZJ_Result result) {
    result.r1 = memory.tryCharge(3) == null;
  }

  @Actor
  public void kernel(ZZJ_Result result) {
    result.r2 = kmem.tryCharge(3) == null;
  }

  @Arbiter
  public void settle(ZZJ_Result result) {
    long refused = (result.r1 ? 0 : 1) + (result.r2 ? 0 : 1);
    boolean counted = memory.failcnt() == refused && kmem.failcnt() == 0;
    boolean remembered = memory.watermark() <= memory.max();
    result.r3 = counted && remembered ? memory.usage() + kmem.usage() : -1;
  }
}
