package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TaskNamesTest {
  private final FakeProc proc = new FakeProc();
  private final AtomicLong nanos = new AtomicLong();
  private final ProcMembership membership = new ProcMembership(proc, nanos::get);

  @Test
  void aThreadIsNamedByItsProcess() {
    int bash = proc.run(FakeProc.INIT, "bash");
    int thread = proc.thread(bash);

    assertThat(membership.describe(bash)).isEqualTo("bash[" + bash + "]");
    assertThat(membership.describe(thread)).isEqualTo("bash[" + bash + "]");
  }

  @Test
  void theUnknownHaveANumberOnly() {
    assertThat(membership.describe(0)).isEqualTo("?[0]");
    assertThat(membership.describe(-1)).isEqualTo("?[-1]");
    assertThat(membership.describe(4711)).isEqualTo("?[4711]");
  }

  @Test
  void aLineStaysALine() {
    int odd = proc.run(FakeProc.INIT, "a\nb\u007f");

    assertThat(membership.describe(odd)).isEqualTo("a?b?[" + odd + "]");
  }

  @Test
  void aNameIsReadAgainAfterATenthOfASecond() {
    int pid = proc.run(FakeProc.INIT, "before");
    membership.describe(pid);
    int reads = proc.statReads();
    proc.exec(pid, "after");

    nanos.addAndGet(99_000_000);
    assertThat(membership.describe(pid)).startsWith("before");
    assertThat(proc.statReads()).isEqualTo(reads);
    nanos.addAndGet(2_000_000);
    assertThat(membership.describe(pid)).startsWith("after");
  }
}
