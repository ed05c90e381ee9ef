package io.github.vcgroupfs.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.rights.Rights;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is stopped and who is not, without real processes. */
class SignalStopperTest {
  private static final Caller ROOT = new Caller(0, 0, 1);
  private static final Caller USER = new Caller(1000, 1000, 2);
  private static final int OWN = 50;

  private final FakeMembership members = new FakeMembership();
  private final FakeProcesses processes = new FakeProcesses();
  private final CgroupTree tree =
      new CgroupTree(Profiles.byId("linux-6.18").orElseThrow(), List.of(), members, Notifier.NONE);
  private final SignalStopper stopper =
      new SignalStopper(processes, processes, processes, Rights.byDefault(ROOT), OWN);
  private Cgroup a;

  @BeforeEach
  void makeGroup() throws ErrnoException {
    a = tree.mkdir(tree.root(), "a");
  }

  private int member(int uid) throws ErrnoException {
    int pid = members.start(tree.root());
    processes.add(pid, uid);
    tree.attach(a, pid, Membership.Scope.PROCESS, ROOT);
    return pid;
  }

  private void freeze(Caller... by) {
    stopper.look(() -> List.of(new Stopper.Freezing(a, List.of(by))));
  }

  @Test
  void membersAreStoppedAndGoOn() throws Exception {
    int pid = member(0);
    assertThat(stopper.hasStopped(a)).isFalse();
    freeze(ROOT);
    assertThat(processes.done).containsExactly("guard " + pid, "stop " + pid);
    assertThat(stopper.hasStopped(a)).isTrue();
    stopper.look(List::of);
    assertThat(processes.state(pid)).isEqualTo('S');
    assertThat(processes.guarded).isEmpty();
  }

  @Test
  void whoComesLaterIsStoppedAndWhoLeavesGoesOn() throws Exception {
    int first = member(0);
    freeze(ROOT);
    int second = member(0);
    freeze(ROOT);
    assertThat(processes.state(second)).isEqualTo('T');
    tree.attach(tree.root(), first, Membership.Scope.PROCESS, ROOT);
    freeze(ROOT);
    assertThat(processes.state(first)).isEqualTo('S');
    assertThat(processes.guarded).containsExactly(second);
  }

  @Test
  void whomOthersStoppedStaysStopped() throws Exception {
    int pid = member(0);
    processes.put(pid, 'T', 0, pid * 10L);
    freeze(ROOT);
    stopper.look(List::of);
    assertThat(processes.done).isEmpty();
    assertThat(processes.state(pid)).isEqualTo('T');
  }

  @Test
  void whomOthersContinueIsStoppedAgain() throws Exception {
    int pid = member(0);
    freeze(ROOT);
    processes.put(pid, 'R', 0, pid * 10L);
    freeze(ROOT);
    assertThat(processes.state(pid)).isEqualTo('T');
    stopper.close();
    assertThat(processes.state(pid)).isEqualTo('S');
  }

  @Test
  void whoWaitsForAChildOfVforkIsStoppedWithIt() throws Exception {
    int parent = member(0);
    processes.put(parent, 'D', 0, parent * 10L);
    processes.inVfork.add(parent);
    int child = member(0);
    assertThat(stopper.hasStopped(a)).isFalse();
    freeze(ROOT);
    assertThat(processes.done).contains("stop " + parent, "stop " + child);
    assertThat(stopper.hasStopped(a)).isTrue();
    processes.inVfork.clear();
    assertThat(stopper.hasStopped(a)).as("it waits for something else").isFalse();
  }

  @Test
  void aUserStopsOnlyWhomHeMaySignal() throws Exception {
    int his = member(1000);
    int notHis = member(0);
    freeze(USER);
    assertThat(processes.state(his)).isEqualTo('T');
    assertThat(processes.state(notHis)).isEqualTo('S');
    assertThat(stopper.hasStopped(a)).isFalse();
    freeze(USER, ROOT);
    assertThat(processes.state(notHis)).isEqualTo('T');
  }

  @Test
  void someProcessesAreNeverStopped() throws Exception {
    int kernelThread = member(0);
    processes.put(kernelThread, 'S', TaskStat.PF_KTHREAD, 5);
    int[] never = {OWN, 1, (int) processes.pid()};
    for (int pid : never) {
      processes.add(pid, 0);
      members.start(pid, a);
    }
    freeze(ROOT);
    assertThat(processes.done).isEmpty();
    assertThat(stopper.hasStopped(a)).isFalse();
  }

  @Test
  void aProcessOfWhichAThreadIsElsewhereIsNotStopped() throws Exception {
    int pid = member(0);
    processes.add(9, 0);
    processes.setThreads(pid, pid, 9);
    freeze(ROOT);
    assertThat(processes.done).isEmpty();
    members.start(9, a);
    freeze(ROOT);
    assertThat(processes.state(pid)).isEqualTo('T');
  }

  @Test
  void aLaterProcessWithTheSameIdIsAnotherOne() throws Exception {
    int pid = member(0);
    freeze(ROOT);
    processes.put(pid, 'S', 0, 4711);
    tree.attach(tree.root(), pid, Membership.Scope.PROCESS, ROOT);
    processes.done.clear();
    freeze(ROOT);
    assertThat(processes.state(pid)).isEqualTo('S');
    assertThat(processes.guarded).isEmpty();
  }

  @Test
  void afterTheEndNobodyIsStopped() throws Exception {
    int pid = member(0);
    freeze(ROOT);
    stopper.close();
    assertThat(processes.done).endsWith("go on " + pid, "end");
    freeze(ROOT);
    assertThat(processes.state(pid)).isEqualTo('S');
  }
}
