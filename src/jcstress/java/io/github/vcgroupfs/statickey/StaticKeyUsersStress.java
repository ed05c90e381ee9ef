package io.github.vcgroupfs.statickey;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One user leaves while another comes: whoever holds the key sees it on, and it stays on. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "On for its holder, and on at the end.")
@Outcome(id = "false, .*", expect = FORBIDDEN, desc = "Off for somebody who holds it.")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "Off at the end although it has a user.")
@State
public class StaticKeyUsersStress {
  private final StaticKey key = StaticKey.off();

  public StaticKeyUsersStress() {
    key.increment();
  }

  @Actor
  public void leave() {
    key.decrement();
  }

  @Actor
  public void come(ZZ_Result result) {
    key.increment();
    result.r1 = key.isEnabled();
  }

  @Arbiter
  public void settle(ZZ_Result result) {
    result.r2 = key.isEnabled() && key.users().get() == 1;
  }
}
