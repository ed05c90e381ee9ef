package io.github.vcgroupfs.memcg.counter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * Two uncharges of 2 pages from a counter that holds 3. Result: usage at the end, and how much was
 * reported as missing. Whatever the order, one page is missing and is reported once.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Clamped at 0; the missing page was reported.")
@Outcome(id = "-1, .*", expect = FORBIDDEN, desc = "Usage below zero.")
@Outcome(expect = FORBIDDEN, desc = "An uncharge was lost, or reported wrongly.")
@State
public class UnchargeClampStress {
  private final AtomicLong missing = new AtomicLong();
  private final PageCounter counter =
      new PageCounter(CounterEra.PAGE_COUNTER, null, missing::addAndGet);

  public UnchargeClampStress() {
    counter.charge(3);
  }

  @Actor
  public void one() {
    counter.uncharge(2);
  }

  @Actor
  public void other() {
    counter.uncharge(2);
  }

  @Arbiter
  public void settle(JJ_Result result) {
    result.r1 = counter.usage();
    result.r2 = missing.get();
  }
}
