package io.github.vcgroupfs.cgroupfs.fault;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A rule is taken away while a call begins to wait for it. Whichever comes first, the call goes on.
 *
 * <p>Result: whether the call waited for all of the minute that the rule had said.
 */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "The wait was ended, or never began.")
@Outcome(id = "1", expect = FORBIDDEN, desc = "The end of the rule came between look and wait.")
@Outcome(id = "-1", expect = FORBIDDEN, desc = "The call failed.")
@State
public class DelayEndsWhileACallIsParkedStress {
  private static final Cgroup ROOT =
      new CgroupTree(Profiles.LWN_2011, List.of(), Membership.NOBODY, Notifier.NONE).root();
  private static final Parking PARKING = new Parking(Parking.MAX_PARKED, System::nanoTime);

  private volatile int ms = FaultRule.MAX_DELAY_MS;
  private final Delay delay = new Delay(ROOT, List.of(() -> ms));

  @Actor
  public void call(I_Result result) {
    long beforeNs = System.nanoTime();
    try {
      PARKING.await(delay);
      result.r1 = System.nanoTime() - beforeNs < TimeUnit.SECONDS.toNanos(30) ? 0 : 1;
    } catch (ErrnoException refusal) {
      result.r1 = -1;
    }
  }

  @Actor
  public void clear() {
    ms = 0;
    PARKING.changed();
  }
}
