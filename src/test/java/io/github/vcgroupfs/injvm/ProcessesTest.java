package io.github.vcgroupfs.injvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  private static final Caller ROOT = new Caller(0, 0, 1);

  private final Processes processes = new Processes();
  private final CgroupTree first = tree(0);
  private final CgroupTree second = tree(1);

  private CgroupTree tree(int hierarchy) {
    return new CgroupTree(
        Profiles.byId("linux-6.1").orElseThrow(),
        List.of(),
        new FakeMembership(processes, hierarchy),
        Notifier.NONE);
  }

  private static void refuses(
      Errno errno, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ErrnoException.class)
        .extracting(refusal -> ((ErrnoException) refusal).errno())
        .isEqualTo(errno);
  }

  @Test
  void aProcessBeginsInTheRootOfEachHierarchyAndIsMovedInOne() throws Exception {
    int pid = processes.start(0, 0, "a");
    Cgroup web = first.mkdir(first.root(), "web");
    first.attach(web, pid, Scope.PROCESS, ROOT);
    assertThat(web.members(Scope.PROCESS)).containsExactly(pid);
    assertThat(first.root().members(Scope.PROCESS)).isEmpty();
    assertThat(second.root().members(Scope.PROCESS)).containsExactly(pid);
    first.attach(first.root(), pid, Scope.PROCESS, ROOT);
    assertThat(web.isPopulated()).isFalse();
    assertThat(first.root().members(Scope.PROCESS)).containsExactly(pid);
  }

  @Test
  void threadsAreMovedOneByOneOrTogether() throws Exception {
    int pid = processes.start(7, 0, "a");
    int tid = processes.addThread(pid);
    Cgroup web = first.mkdir(first.root(), "web");
    first.attach(web, tid, Scope.THREAD, ROOT);
    assertThat(web.members(Scope.THREAD)).containsExactly(tid);
    assertThat(web.members(Scope.PROCESS)).containsExactly(pid);
    assertThat(first.root().members(Scope.THREAD)).containsExactly(pid);
    first.attach(web, tid, Scope.PROCESS, ROOT); // any thread stands for its process
    assertThat(web.members(Scope.THREAD)).containsExactly(pid, tid);
  }

  @Test
  void aChildAndANewThreadAreInTheGroupsOfTheOldestThread() throws Exception {
    int pid = processes.start(7, 0, "a");
    Cgroup web = first.mkdir(first.root(), "web");
    first.attach(web, pid, Scope.PROCESS, ROOT);
    int child = processes.fork(pid);
    int tid = processes.addThread(pid);
    assertThat(web.members(Scope.THREAD)).containsExactlyInAnyOrder(pid, child, tid);
    assertThat(web.members(Scope.PROCESS)).containsExactlyInAnyOrder(pid, child);
  }

  @Test
  void aChildThatEndedIsAZombieUntilItsParentWaitsOrEnds() throws Exception {
    int parent = processes.start(0, 0, "a");
    int waited = processes.fork(parent);
    int forgotten = processes.fork(parent);
    assertThat(processes.end(waited)).isTrue();
    assertThat(processes.end(waited)).as("again").isFalse();
    processes.end(forgotten);
    assertThat(processes.isZombie(waited)).isTrue();
    assertThat(first.root().members(Scope.PROCESS)).containsExactly(parent);
    refuses(Errno.ESRCH, () -> first.attach(first.root(), waited, Scope.PROCESS, ROOT));
    assertThatIllegalArgumentException().isThrownBy(() -> processes.start(waited, 0, "b"));
    processes.reap(waited);
    assertThat(processes.isZombie(waited)).isFalse();
    refuses(Errno.ESRCH, () -> processes.reap(waited));
    processes.end(parent);
    assertThat(processes.isZombie(forgotten)).isFalse();
    assertThat(processes.isZombie(parent)).as("nobody's child").isFalse();
  }

  @Test
  void aProcessEndsWithItsLastThread() throws Exception {
    int pid = processes.start(0, 0, "a");
    int tid = processes.addThread(pid);
    assertThat(processes.endThread(pid)).isTrue();
    assertThat(processes.isAlive(pid)).isTrue();
    assertThat(processes.threads(pid)).containsExactly(tid);
    assertThat(processes.endThread(tid)).isTrue();
    assertThat(processes.isAlive(pid)).isFalse();
    assertThat(processes.endThread(tid)).isFalse();
  }

  @Test
  void whoMayMoveWhom() {
    int pid = processes.start(0, 1000, "a");
    refuses(
        Errno.EACCES,
        () -> first.attach(first.root(), pid, Scope.PROCESS, new Caller(1001, 1001, pid)));
    refuses(Errno.ESRCH, () -> first.attach(first.root(), 99, Scope.PROCESS, ROOT));
    refuses(Errno.ESRCH, () -> first.attach(first.root(), -1, Scope.PROCESS, ROOT));
    refuses(Errno.ESRCH, () -> first.attach(first.root(), 0, Scope.PROCESS, new Caller(0, 0, 0)));
  }

  @Test
  void zeroMeansTheCaller() throws Exception {
    int pid = processes.start(0, 1000, "a");
    Cgroup web = first.mkdir(first.root(), "web");
    first.attach(web, 0, Scope.PROCESS, new Caller(1000, 1000, pid));
    assertThat(web.members(Scope.PROCESS)).containsExactly(pid);
  }

  @Test
  void idsAreInARangeAndUsedOnce() {
    assertThat(processes.start(1002, 0, "a")).isEqualTo(1002);
    assertThat(processes.start(0, 0, "b")).isEqualTo(1001);
    assertThat(processes.start(0, 0, "c")).isEqualTo(1003);
    assertThatIllegalArgumentException().isThrownBy(() -> processes.start(1002, 0, "d"));
    assertThatIllegalArgumentException().isThrownBy(() -> processes.start(-1, 0, "d"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> processes.start(Processes.MAX_PID, 0, "d"))
        .withMessageContaining("4194303");
  }

  @Test
  void aParentThatWaitsGetsTheTimeOfItsChild() throws Exception {
    int parent = processes.start(0, 0, "a");
    int child = processes.fork(parent);
    processes.use(child, 1, new CpuTime(30, 10, 20));
    processes.end(child);
    assertThat(processes.times(child).own()).isEqualTo(new CpuTime(30, 10, 20));
    processes.reap(child);
    assertThat(processes.times(parent).children()).isEqualTo(new CpuTime(30, 10, 20));
    assertThat(processes.processors()).containsEntry(1, new CpuTime(30, 10, 20));
    refuses(Errno.ESRCH, () -> processes.use(child, 0, CpuTime.ZERO));
  }

  @Test
  void recordedThreadsBelongToTheOlderProcessOfTheirGroup() throws Exception {
    Cgroup web = first.mkdir(first.root(), "web");
    processes.restore(0, web, List.of(20, 30), List.of(20, 21, 30, 31, 5));
    assertThat(processes.threads(20)).containsExactly(20, 21);
    assertThat(processes.threads(30)).containsExactly(30, 31);
    assertThat(processes.threads(5)).as("of nobody").containsExactly(5);
    assertThat(web.members(Scope.THREAD)).containsExactly(5, 20, 21, 30, 31);
    Cgroup other = second.mkdir(second.root(), "other");
    processes.restore(1, other, List.of(20), List.of(20, 21));
    assertThat(other.members(Scope.THREAD)).as("the same process").containsExactly(20, 21);
    processes.end(20);
    assertThat(other.isPopulated()).isFalse();
    assertThat(web.members(Scope.THREAD)).containsExactly(5, 30, 31);
  }
}
