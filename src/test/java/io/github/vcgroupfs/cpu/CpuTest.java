package io.github.vcgroupfs.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroup.TaskTimes;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The cpu controller without files. */
class CpuTest {
  private static final KernelProfile NEWEST = profile("linux-6.18");

  private long now;

  private final CgroupTree tree =
      new CgroupTree(
          NEWEST,
          List.of(new CpuController(NEWEST, Tasks.NONE, () -> now)),
          Membership.NOBODY,
          Notifier.NONE);

  private static KernelProfile profile(String id) {
    return Profiles.byId(id).orElseThrow();
  }

  private CpuController controller() {
    return tree.controller(CpuController.class);
  }

  private Cgroup group(Cgroup parent, String name) throws ErrnoException {
    return tree.mkdir(parent, name);
  }

  private void quota(Cgroup group, long us, KernelProfile profile) throws ErrnoException {
    long ns = us < 0 ? Ratio.UNLIMITED : Microseconds.toNanos(us, profile);
    new CfsRules(profile, new ChildGroups(profile, () -> now))
        .set(group, CpuGroup.of(group).cfs().withQuota(ns));
  }

  private void period(Cgroup group, long us) throws ErrnoException {
    controller().cfs().set(group, CpuGroup.of(group).cfs().withPeriod(us * 1000));
  }

  private void runtime(Cgroup group, long us) throws ErrnoException {
    rt(group, CpuGroup.of(group).rt().withRuntime(us * 1000));
  }

  private void rt(Cgroup group, RtBandwidth wanted) throws ErrnoException {
    controller().rt().set(group, wanted, () -> false);
  }

  /** Processes with one real-time thread each. */
  private static final class RealTime implements Tasks {
    @Override
    public @Nullable TaskTimes process(int pid) {
      return null;
    }

    @Override
    public @Nullable TaskTimes thread(int tid) {
      return null;
    }

    @Override
    public int processOf(int tid) {
      return tid;
    }

    @Override
    public int[] threads(int pid) {
      return new int[] {pid};
    }

    @Override
    public int policy(int tid) {
      return 1; // SCHED_FIFO
    }

    @Override
    public Map<Integer, CpuTime> processors() {
      return Map.of();
    }
  }

  /** Without RT_GROUP_SCHED and before 5.2; nobody is asked about a task that does not move. */
  @ParameterizedTest
  @EnumSource(Membership.Scope.class)
  void aRealTimeTaskStaysWhereItIs(Membership.Scope scope) throws Exception {
    KernelProfile old = profile("linux-4.19");
    FakeMembership processes = new FakeMembership();
    CgroupTree all =
        new CgroupTree(
            old,
            List.of(new CpuController(old, new RealTime(), () -> 0)),
            processes,
            Notifier.NONE);
    Cgroup a = all.mkdir(all.root(), "a");
    int pid = processes.start(a);
    assertInvalid(() -> all.attach(all.root(), pid, scope, Caller.SELF));
    all.attach(a, pid, scope, Caller.SELF);
    assertThat(a.hasThread(pid)).isTrue();
  }

  /** As 6.18 does. */
  @Test
  void aRemovedChildCountsForAnotherMoment() throws Exception {
    Cgroup a = group(tree.root(), "a");
    Cgroup b = group(a, "b");
    controller().cfs().set(b, CpuGroup.of(b).cfs().withQuota(50_000_000));
    runtime(a, 50_000);
    runtime(b, 40_000);
    CfsBandwidth less = CpuGroup.of(a).cfs().withQuota(10_000_000);
    tree.rmdir(b);
    now = ChildGroups.GRACE_NANOS - 1;
    assertInvalid(() -> controller().cfs().set(a, less));
    assertInvalid(() -> runtime(a, 10_000));
    now++;
    controller().cfs().set(a, less);
    runtime(a, 10_000);
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "1, 2",
    "3, 3",
    "262144, 262144",
    "262145, 262144",
    "18014398509481984, 262144", // 2^54: with ten bits more it is 0 where it wraps
    "-1, 262144" // 2^64 - 1
  })
  void aWeightIsTheNearestOneThatCanBe(long written, long kept) throws Exception {
    Cgroup a = group(tree.root(), "a");
    ShareRules.setShares(a, written, NEWEST);
    assertThat(CpuGroup.of(a).shares()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "linux-4.4, 262144",
    "linux-4.9, 5",
    "linux-4.19, 262144",
  })
  void betweenTwoKernelsAWeightWraps(String kernel, long kept) throws Exception {
    Cgroup a = group(tree.root(), "a");
    ShareRules.setShares(a, (1L << 54) + 5, profile(kernel));
    assertThat(CpuGroup.of(a).shares()).isEqualTo(kept);
  }

  @Test
  void anIdleGroupHasAWeightThatCannotBeWritten() throws Exception {
    Cgroup a = group(tree.root(), "a");
    ShareRules.setShares(a, 700, NEWEST);
    ShareRules.setIdle(a, 1);
    assertThat(CpuGroup.of(a).shares()).isEqualTo(3);
    assertInvalid(() -> ShareRules.setShares(a, 700, NEWEST));
    ShareRules.setIdle(a, 0);
    assertThat(CpuGroup.of(a).shares()).isEqualTo(1024);
    ShareRules.setShares(a, 700, NEWEST);
    ShareRules.setIdle(a, 0); // nothing changes
    assertThat(CpuGroup.of(a).shares()).isEqualTo(700);
  }

  @Test
  void theRootCannotBeChangedButForItsRealTime() throws Exception {
    Cgroup root = tree.root();
    assertInvalid(() -> ShareRules.setShares(root, 1024, NEWEST));
    assertInvalid(() -> ShareRules.setIdle(root, 0));
    assertInvalid(() -> quota(root, -1, NEWEST));
    assertInvalid(() -> runtime(root, 0));
    runtime(root, 900_000);
    assertThat(CpuGroup.of(root).rt().runtimeUs()).isEqualTo(900_000);
  }

  @Test
  void aGroupHasNoMoreThanTheNearestLimitAboveIt() throws Exception {
    Cgroup a = group(tree.root(), "a");
    Cgroup b = group(a, "b");
    Cgroup c = group(b, "c");
    quota(a, 50_000, NEWEST);
    assertInvalid(() -> quota(c, 50_001, NEWEST));
    quota(c, 50_000, NEWEST);
    assertInvalid(() -> quota(a, 40_000, NEWEST));
    assertInvalid(() -> period(c, 50_000));
    period(a, 50_000); // twice as much now
    quota(c, 100_000, NEWEST);
    quota(a, -1, NEWEST);
    quota(c, 10_000_000, NEWEST);
  }

  @Test
  void aBurstIsNoLongerThanAQuota() throws Exception {
    Cgroup a = group(tree.root(), "a");
    CfsBandwidth free = CpuGroup.of(a).cfs();
    controller().cfs().set(a, free.withBurst(200_000_000)); // nothing is looked at without a quota
    assertInvalid(() -> quota(a, 100_000, NEWEST));
    quota(a, 200_000, NEWEST);
    assertThat(CpuGroup.of(a).cfs())
        .isEqualTo(new CfsBandwidth(100_000_000, 200_000_000, 200_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "999, false",
    "1000, true",
    "17592186044415, true",
    "17592186044416, false"
  })
  void aQuotaHasTwoEnds(long us, boolean taken) throws Exception {
    Cgroup a = group(tree.root(), "a");
    if (taken) {
      quota(a, us, NEWEST);
    } else {
      assertInvalid(() -> quota(a, us, NEWEST));
    }
    assertThat(CpuGroup.of(a).cfs().quotaUs()).isEqualTo(taken ? us : -1);
  }

  @Test
  void oldKernelsLetATimeWrapAround() throws Exception {
    Cgroup a = group(tree.root(), "a");
    long wraps = Microseconds.MAX + 2001;
    quota(a, wraps, profile("linux-4.9"));
    assertThat(CpuGroup.of(a).cfs().quotaNs()).isEqualTo(wraps * 1000).isLessThan(3_000_000);
    assertInvalid(() -> quota(a, wraps, profile("linux-4.19")));
  }

  @Test
  void childrenTogetherHaveNoMoreRealTimeThanTheirParent() throws Exception {
    Cgroup a = group(tree.root(), "a");
    Cgroup b = group(a, "b");
    Cgroup c = group(a, "c");
    assertInvalid(() -> runtime(b, 1));
    assertInvalid(() -> runtime(a, 950_001));
    runtime(a, 400_000);
    runtime(b, 300_000);
    assertInvalid(() -> runtime(c, 100_010));
    runtime(c, 100_000);
    assertInvalid(() -> runtime(a, 399_990));
    assertInvalid(() -> rt(a, CpuGroup.of(a).rt().withRuntime(Ratio.UNLIMITED)));
    assertInvalid(() -> rt(a, CpuGroup.of(a).rt().withPeriod(0)));
    rt(c, new RtBandwidth(2_000_000_000, 200_000_000));
  }
}
