package io.github.vcgroupfs.pids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pids controller without files. */
class PidsTest {
  private static final Caller CALLER = new Caller(0, 0, 1);

  private final FakeMembership processes = new FakeMembership();
  private final CgroupTree tree =
      new CgroupTree(
          Profiles.byId("linux-6.18").orElseThrow(),
          List.of(new PidsController()),
          processes,
          Notifier.NONE);

  private int start(Cgroup group) throws ErrnoException {
    int pid = processes.start(tree.root());
    tree.attach(group, pid, Membership.Scope.PROCESS, CALLER);
    return pid;
  }

  @Test
  void tasksOfTheGroupsBelowCount() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    start(a);
    int inB = start(b);
    assertThat(PidsGroup.of(a).current()).isEqualTo(2);
    assertThat(PidsGroup.of(b).current()).isEqualTo(1);
    processes.end(inB);
    assertThat(PidsGroup.of(a).current()).isEqualTo(1);
    assertThat(PidsGroup.of(a).peak()).isEqualTo(2);
    assertThat(PidsGroup.of(b).peak()).isEqualTo(1);
  }

  @Test
  void aMoveIsSeenByThePeakOfEveryLevelWithoutARead() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    int pid = start(b);
    tree.attach(tree.root(), pid, Membership.Scope.PROCESS, CALLER);
    assertThat(PidsGroup.of(b).peak()).isEqualTo(1);
    assertThat(PidsGroup.of(a).peak()).isEqualTo(1);
    assertThat(PidsGroup.of(a).current()).isZero();
  }

  @Test
  void aLimitIsNotInherited() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    PidsGroup.of(a).setLimit(5);
    assertThat(PidsLimit.show(PidsGroup.of(tree.mkdir(a, "b")).limit())).isEqualTo("max");
  }

  /** What a 6.18 kernel said to {@code printf VALUE > pids.max; cat pids.max}. */
  @ParameterizedTest
  @CsvSource({
    "max, max",
    "' max\n', max",
    "' 0x10\n', 16",
    "010, 8",
    "+5, 5",
    "0, 0",
    "-0, 0",
    "4194304, 4194304"
  })
  void takesWhatTheKernelTakes(String written, String shown) throws Exception {
    assertThat(PidsLimit.show(PidsLimit.parse(bytes(written)))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "maxx, EINVAL",
    "MAX, EINVAL",
    "'', EINVAL",
    "' ', EINVAL",
    "-1, EINVAL",
    "4194305, EINVAL",
    "12a, EINVAL",
    "1K, EINVAL",
    "5 5, EINVAL",
    "0b1, EINVAL",
    "0x, EINVAL",
    "-+5, EINVAL",
    "+-5, EINVAL",
    "--5, EINVAL",
    "9223372036854775807, EINVAL",
    "9223372036854775808, ERANGE",
    "-9223372036854775808, EINVAL",
    "-9223372036854775809, ERANGE",
    "18446744073709551616, ERANGE",
    "18446744073709551616x, ERANGE"
  })
  void refusesWhatTheKernelRefuses(String written, Errno errno) {
    assertThatThrownBy(() -> PidsLimit.parse(bytes(written)))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
