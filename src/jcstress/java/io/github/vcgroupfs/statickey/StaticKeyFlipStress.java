package io.github.vcgroupfs.statickey;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The static-key protocol: the key goes on first, then the group becomes active. Whoever sees the
 * group active must see the key on.
 *
 * <p>Result: whether the group was seen active, and whether the key was then seen on.
 */
@JCStressTest
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Before the flip.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "Between the flip and the group.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "After both.")
@Outcome(
    id = "true, false",
    expect = FORBIDDEN,
    desc = "An active group is seen by code that was compiled for \"off\".")
@State
public class StaticKeyFlipStress {
  private final StaticKey key = StaticKey.off();
  private volatile boolean active;

  @Actor
  public void activate() {
    key.increment();
    active = true;
  }

  @Actor
  public void look(ZZ_Result result) {
    result.r1 = active;
    result.r2 = key.isEnabled();
  }
}
