package io.github.vcgroupfs.cpuacct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which time goes to which group. The unit does not matter: numbers are small. */
class CpuacctTest {
  private static final Caller CALLER = new Caller(0, 0, 1);
  private static final int INIT = 1;

  private final FakeMembership processes = new FakeMembership();
  private final FakeTasks tasks = new FakeTasks();
  private final CgroupTree tree = tree("linux-6.18");
  private final CpuacctController controller = tree.controller(CpuacctController.class);

  private CgroupTree tree(String kernel) {
    var profile = Profiles.byId(kernel).orElseThrow();
    Machine machine =
        new Machine() {
          @Override
          public BitSet possibleCpus() {
            return TWO_PROCESSORS.possibleCpus();
          }

          @Override
          public BitSet onlineCpus() {
            return TWO_PROCESSORS.onlineCpus();
          }

          @Override
          public BitSet memoryNodes() {
            return TWO_PROCESSORS.memoryNodes();
          }

          @Override
          public Tasks tasks() {
            return tasks;
          }
        };
    return new CgroupTree(
        profile, List.of(new CpuacctController(profile, machine)), processes, Notifier.NONE);
  }

  private long usage(Cgroup group) {
    return controller.total(group, cpu -> cpu.usage().runtimeNs());
  }

  /** A process that has used so much before it is moved to the group. */
  private int arrive(Cgroup group, long used) throws ErrnoException {
    int pid = processes.start(tree.root());
    tasks.set(pid, INIT, used, 0);
    move(pid, group);
    return pid;
  }

  private void move(int pid, Cgroup group) throws ErrnoException {
    tree.attach(group, pid, Membership.Scope.PROCESS, CALLER);
  }

  /** A child of that process, in the same group. */
  private int fork(int parent, Cgroup group) {
    int pid = processes.start(group);
    tasks.set(pid, parent, 0, 0);
    return pid;
  }

  @Test
  void onlyTimeSinceTheMoveCounts() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int pid = arrive(a, 1000);
    assertThat(usage(a)).isZero();
    tasks.set(pid, INIT, 1070, 0);
    assertThat(usage(a)).isEqualTo(70);
    assertThat(usage(a)).isEqualTo(70);
  }

  @Test
  void timeGoesToAllGroupsAboveAndStaysAfterAMove() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    Cgroup c = tree.mkdir(tree.root(), "c");
    int pid = arrive(b, 0);
    tasks.set(pid, INIT, 50, 0);
    move(pid, c);
    tasks.set(pid, INIT, 80, 0);
    assertThat(usage(a)).isEqualTo(50);
    assertThat(usage(b)).isEqualTo(50);
    assertThat(usage(c)).isEqualTo(30);
    move(pid, tree.root());
    tasks.set(pid, INIT, 500, 0);
    move(pid, a);
    tasks.set(pid, INIT, 501, 0);
    assertThat(usage(a)).isEqualTo(51);
    assertThat(usage(c)).isEqualTo(30);
  }

  @Test
  void allTimeOfAChildCounts() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int child = fork(arrive(a, 9), a);
    tasks.set(child, INIT, 33, 0);
    assertThat(usage(a)).isEqualTo(33);
  }

  @Test
  void aChildThatWasNeverSeenIsToldByItsParent() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int pid = arrive(a, 0);
    tasks.set(pid, INIT, 1, 400);
    assertThat(usage(a)).isEqualTo(401);
  }

  @Test
  void aChildThatEndedIsChargedOnceWithWhatItUsedLast() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int parent = arrive(a, 0);
    int child = fork(parent, a);
    int grandchild = fork(child, a);
    tasks.set(child, parent, 100, 0);
    tasks.set(grandchild, child, 20, 0);
    assertThat(usage(a)).isEqualTo(120);
    for (int pid : new int[] {child, grandchild}) {
      processes.end(pid);
      tasks.remove(pid);
    }
    tasks.set(parent, INIT, 0, 100 + 11 + 20 + 4);
    assertThat(usage(a)).isEqualTo(135);
  }

  /** The parent waits between the look at its files and the look at the child. */
  @Test
  void aParentThatDoesNotTellYetIsBelievedLater() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int parent = arrive(a, 0);
    int child = fork(parent, a);
    tasks.set(child, parent, 100, 0);
    assertThat(usage(a)).isEqualTo(100);
    processes.end(child);
    tasks.remove(child);
    assertThat(usage(a)).isEqualTo(100);
    tasks.set(parent, INIT, 0, 105);
    assertThat(usage(a)).isEqualTo(105);
  }

  @Test
  void aChildThatWasMovedIsNotChargedToItsParentsGroup() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(tree.root(), "b");
    int parent = arrive(a, 0);
    int child = fork(parent, a);
    tasks.set(child, parent, 10, 0);
    move(child, b);
    tasks.set(child, parent, 70, 0);
    assertThat(usage(b)).isEqualTo(60);
    int other = fork(parent, a);
    tasks.set(other, parent, 500, 0);
    move(other, tree.root());
    for (int pid : new int[] {child, other}) {
      processes.end(pid);
      tasks.remove(pid);
    }
    tasks.set(parent, INIT, 0, 570);
    assertThat(usage(a)).isEqualTo(510);
    assertThat(usage(b)).isEqualTo(60);
  }

  @Test
  void aZombieIsLookedAtForALastTime() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    int pid = arrive(b, 0);
    processes.end(pid);
    tasks.set(pid, INIT, 12, 0); // nobody has waited for it
    tree.rmdir(b);
    assertThat(usage(a)).isEqualTo(12);
  }

  @Test
  void anIdThatIsUsedAgainIsAnotherProcess() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int pid = arrive(a, 0);
    tasks.set(pid, INIT, 90, 0);
    assertThat(usage(a)).isEqualTo(90);
    tasks.restart(pid, 5);
    usage(a); // closes the account of the old one
    assertThat(usage(a)).isEqualTo(95);
  }

  @Test
  void threadsOfOneProcessInTwoGroups() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(tree.root(), "b");
    int pid = arrive(a, 0);
    int second = processes.start(a); // FakeMembership knows processes only: it is one in a list
    tasks.setThread(pid, pid, 0);
    tasks.setThread(pid, second, 100);
    tree.attach(b, second, Membership.Scope.THREAD, CALLER);
    tasks.setThread(pid, second, 104);
    tasks.setThread(pid, pid, 3);
    assertThat(controller.perCpu(b, cpu -> cpu.usage().runtimeNs())).containsExactly(0, 4);
    assertThat(usage(a)).isEqualTo(3);
  }

  @Test
  void aResetLeavesTheGroupsAbove() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    int pid = arrive(b, 0);
    tasks.set(pid, INIT, 10, 0);
    controller.reset(b);
    tasks.set(pid, INIT, 13, 0);
    assertThat(usage(b)).isEqualTo(3);
    assertThat(controller.total(b, cpu -> cpu.stat().userNs())).isEqualTo(3);
    assertThat(usage(a)).isEqualTo(13);
  }

  @Test
  void theRootIsTheWholeComputer() {
    assertThat(usage(tree.root())).isEqualTo(307);
    controller.reset(tree.root());
    assertThat(usage(tree.root())).isEqualTo(307);
    CgroupTree old = tree("linux-4.9");
    CpuacctController theirs = old.controller(CpuacctController.class);
    theirs.reset(old.root());
    assertThat(theirs.total(old.root(), cpu -> cpu.usage().runtimeNs())).isZero();
    assertThat(theirs.total(old.root(), cpu -> cpu.stat().userNs())).isEqualTo(207);
  }

  @Test
  void aRefusedMoveChangesNothing() throws Exception {
    Cgroup a = tree.mkdir(tree.root(), "a");
    int pid = arrive(a, 0);
    processes.end(pid);
    assertThatThrownBy(() -> move(pid, tree.root())).isInstanceOf(ErrnoException.class);
    tasks.set(pid, INIT, 8, 0);
    assertThat(usage(a)).isEqualTo(8);
  }
}
