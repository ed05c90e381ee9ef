package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static io.github.vcgroupfs.cgroup.Membership.Scope.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.os.TaskStat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Members told by events, on a small kernel. */
class EventMembershipTest {
  private static final int INIT = FakeProc.INIT;
  private static final Caller ROOT = new Caller(0, 0, INIT);

  private final FakeProc proc = new FakeProc();
  private final FakeEvents told = new FakeEvents();
  private final ForkEvents events = new ForkEvents(told, proc, proc::nanoTime);
  private final EventMembership membership =
      new EventMembership(proc, events, told::close, proc::nanoTime);
  private final CgroupTree tree =
      new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);
  private Cgroup a;
  private Cgroup b;
  private int shell;

  @BeforeEach
  void twoGroupsAndAShell() throws ErrnoException {
    proc.listen(told);
    a = tree.mkdir(tree.root(), "a");
    b = tree.mkdir(tree.root(), "b");
    shell = proc.run(INIT, "sh");
    proc.setsid(shell);
  }

  private void attach(Cgroup group, int pid) throws ErrnoException {
    tree.attach(group, pid, PROCESS, ROOT);
  }

  private int[] procs(Cgroup group) {
    return membership.list(group, PROCESS);
  }

  private int[] tasks(Cgroup group) {
    return membership.list(group, THREAD);
  }

  @Nested
  class Births {
    @Test
    void everyProcessIsInTheRootUntilItIsMoved() throws ErrnoException {
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
      assertThat(membership.isPopulated(tree.root())).isTrue();
      attach(a, shell);
      assertThat(procs(tree.root())).containsExactly(INIT);
      assertThat(procs(a)).containsExactly(shell);
      attach(tree.root(), shell);
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
      assertThat(membership.isPopulated(a)).isFalse();
    }

    @Test
    void aSiblingBornWithCloneParentIsWhereItsForkerIs() throws ErrnoException {
      int stage0 = proc.run(shell, "runc init");
      attach(a, stage0);
      int stage1 = proc.forkSibling(stage0);
      proc.exec(stage1, "other");
      int stage2 = proc.forkSibling(stage1);
      proc.setsid(stage2);
      proc.exec(stage2, "nginx");
      proc.kill(stage1);
      proc.kill(stage0);
      assertThat(procs(a)).containsExactly(stage2);
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
    }

    @Test
    void anOrphanOfAnotherProgramWhoseParentNobodySaw() throws ErrnoException {
      int job = proc.run(INIT, "job");
      attach(a, job);
      int middle = proc.run(job, "middle");
      int orphan = proc.run(middle, "orphan");
      proc.setsid(orphan);
      proc.kill(middle);
      proc.kill(job);
      assertThat(procs(a)).containsExactly(orphan);
      assertThat(membership.isPopulated(a)).isTrue();
    }

    @Test
    void childrenOfBeforeTheMoveStay() throws ErrnoException {
      int before = proc.run(shell, "before");
      attach(a, shell);
      int first = proc.run(shell, "first");
      attach(b, shell);
      int second = proc.run(shell, "second");
      assertThat(procs(tree.root())).containsExactly(INIT, before);
      assertThat(procs(a)).containsExactly(first);
      assertThat(procs(b)).containsExactly(shell, second);
    }

    @Test
    void aMoveOverrulesABirthThatIsToldLater() throws ErrnoException {
      attach(a, shell);
      told.hold();
      int child = proc.fork(shell);
      int other = proc.fork(shell);
      attach(b, child);
      attach(tree.root(), other);
      told.arrive();
      assertThat(procs(b)).containsExactly(child);
      assertThat(procs(tree.root())).containsExactly(INIT, other);
      assertThat(procs(a)).containsExactly(shell);
    }

    @Test
    void aReusedIdIsAnotherProcess() throws ErrnoException {
      attach(a, shell);
      proc.kill(shell);
      int again = proc.fork(INIT, shell);
      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(procs(tree.root())).containsExactly(INIT, again);
    }

    @Test
    void processesThatHaveNothingToDoWithUsAreNotKept() throws ErrnoException {
      attach(a, shell);
      for (int i = 0; i < 100; i++) {
        proc.run(INIT, "other");
      }
      assertThat(membership.size()).isEqualTo(1);
      proc.kill(shell);
      assertThat(membership.size()).isZero();
    }

    @Test
    void membersAreListedWithoutALookAtProc() throws ErrnoException {
      attach(a, shell);
      for (int i = 0; i < 1000; i++) {
        proc.fork(shell);
      }
      int reads = proc.statReads() + proc.listings();
      assertThat(procs(a)).hasSize(1001).isSorted();
      assertThat(tasks(a)).hasSize(1001).isSorted();
      assertThat(membership.isPopulated(a)).isTrue();
      assertThat(proc.statReads() + proc.listings()).isEqualTo(reads);
    }
  }

  @Nested
  class Threads {
    @Test
    void eachThreadHasItsGroupAndHandsItOn() throws ErrnoException {
      int worker = proc.thread(shell);
      tree.attach(a, worker, THREAD, ROOT);
      int second = proc.threadOf(worker);
      int child = proc.fork(worker);
      int third = proc.threadOf(shell);
      assertThat(tasks(a)).containsExactly(worker, second, child);
      assertThat(procs(a)).containsExactly(shell, child);
      assertThat(tasks(tree.root())).containsExactly(INIT, shell, third);
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
      attach(b, second); // the whole process
      assertThat(tasks(b)).containsExactly(shell, worker, second, third);
      assertThat(tasks(a)).containsExactly(child);
    }

    @Test
    void aDeadFirstThreadIsNotListedAndCannotBeMoved() throws ErrnoException {
      int worker = proc.thread(shell);
      attach(a, shell);
      proc.endThread(shell);
      assertThat(procs(a)).containsExactly(shell);
      assertThat(tasks(a)).containsExactly(worker);
      attach(b, worker);
      assertThat(tasks(b)).containsExactly(worker);
      proc.exit(shell);
      assertThat(membership.isPopulated(b)).isFalse();
      assertThat(membership.size()).isZero();
    }

    @Test
    void execByTheFirstThreadEndsTheOthers() throws ErrnoException {
      int worker = proc.thread(shell);
      tree.attach(a, worker, THREAD, ROOT);
      tree.attach(b, shell, THREAD, ROOT);
      proc.exec(shell, "other");
      assertThat(tasks(b)).containsExactly(shell);
      assertThat(membership.isPopulated(a)).isFalse();
    }

    @Test
    void execByAnotherThreadTakesTheIdOfTheFirst() throws ErrnoException {
      int worker = proc.thread(shell);
      tree.attach(a, worker, THREAD, ROOT);
      tree.attach(b, shell, THREAD, ROOT);
      proc.execByThread(worker, "other");
      assertThat(tasks(a)).containsExactly(shell);
      assertThat(membership.isPopulated(b)).isFalse();
      int child = proc.fork(shell);
      assertThat(procs(a)).containsExactly(shell, child);
    }

    @Test
    void execByAThreadOfTheRootTakesTheProcessThere() throws ErrnoException {
      int worker = proc.thread(shell);
      tree.attach(a, shell, THREAD, ROOT);
      proc.execByThread(worker, "other");
      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
    }

    @Test
    void aSetuidProgramLivesOnThoughItsEndWasTold() throws ErrnoException {
      attach(a, shell);
      int job = proc.fork(shell);
      proc.execSetuid(job, "sudo");
      int child = proc.fork(job);
      proc.execSetuid(job, "su");
      proc.exec(job, "sh");
      assertThat(procs(a)).containsExactly(shell, job, child);
      proc.exit(job);
      assertThat(procs(a)).containsExactly(shell, child);
      int again = proc.fork(child);
      proc.execSetuid(again, "sudo");
      proc.kill(again);
      proc.fork(INIT, again);
      assertThat(procs(a)).containsExactly(shell, child);
    }
  }

  @Nested
  class Losses {
    @Test
    void whatWasMissedIsToldFromProc() throws ErrnoException {
      int daemon = proc.run(shell, "daemon");
      int worker = proc.thread(daemon);
      attach(a, daemon);
      int back = proc.run(daemon, "back");
      attach(tree.root(), back);
      int ends = proc.run(daemon, "ends");
      int reused = proc.run(daemon, "reused");
      assertThat(procs(a)).containsExactly(daemon, ends, reused);
      proc.setsid(shell);
      told.fill();
      proc.kill(ends);
      proc.kill(reused);
      proc.fork(INIT, reused);
      int child = proc.run(daemon, "child");
      int thread = proc.thread(daemon);
      int childsThread = proc.thread(child);
      int stranger = proc.run(shell, "stranger");
      told.makeRoom();
      int later = proc.fork(child);

      assertThat(procs(a)).containsExactly(daemon, child, later);
      assertThat(tasks(a)).containsExactly(daemon, worker, child, thread, childsThread, later);
      assertThat(procs(tree.root())).containsExactly(INIT, shell, back, reused, stranger);
      int last = proc.fork(later);
      assertThat(procs(a)).contains(last);
    }

    @Test
    void aChildThatWasKnownToBeInTheRootStaysThere() throws ErrnoException {
      int before = proc.run(shell, "before");
      attach(a, shell);
      for (int i = 0; i < 5; i++) {
        proc.run(INIT, "time passes");
      }
      assertThat(procs(a)).containsExactly(shell);
      told.fill();
      told.makeRoom();
      assertThat(procs(a)).containsExactly(shell);
      assertThat(procs(tree.root())).contains(before);
    }

    @Test
    void anIdThatWasUsedAgainMeanwhileIsBornAnew() throws ErrnoException {
      attach(a, shell);
      int job = proc.run(shell, "job");
      assertThat(procs(a)).contains(job);
      told.fill();
      proc.kill(job);
      told.makeRoom();
      proc.fork(INIT, job);
      assertThat(procs(a)).containsExactly(shell);
    }
  }

  @Test
  void theDeadAreRefused() {
    int zombie = proc.run(shell, "job");
    proc.exit(zombie);
    int exiting = proc.run(shell, "job");
    proc.setFlags(exiting, TaskStat.PF_EXITING);
    for (int pid : new int[] {zombie, exiting, 4711}) {
      ErrnoException refusal =
          catchThrowableOfType(ErrnoException.class, () -> tree.attach(a, pid, PROCESS, ROOT));
      assertThat(refusal.errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal.why()).contains(Integer.toString(pid));
    }
    assertThat(membership.size()).isZero();
  }

  @Test
  void hierarchiesShareTheEventsButNotTheMembers() throws ErrnoException {
    EventMembership second = new EventMembership(proc, events, told::close, proc::nanoTime);
    CgroupTree other = new CgroupTree(Profiles.LWN_2011, List.of(), second, Notifier.NONE);
    Cgroup c = other.mkdir(other.root(), "c");
    attach(a, shell);
    int job = proc.fork(shell);
    other.attach(c, job, PROCESS, ROOT);
    int child = proc.fork(job);
    assertThat(procs(a)).containsExactly(shell, job, child);
    assertThat(second.list(c, PROCESS)).containsExactly(job, child);
    assertThat(second.list(other.root(), PROCESS)).containsExactly(INIT, shell);
    second.close();
    assertThat(procs(a)).containsExactly(shell, job, child);
  }

  @Test
  void aRemovedGroupIsForgotten() throws ErrnoException {
    attach(a, shell);
    proc.kill(shell);
    tree.rmdir(a);
    assertThat(membership.isPopulated(a)).isFalse();
    assertThat(procs(a)).isEmpty();
    membership.close();
    assertThat(told.isClosed()).isTrue();
  }
}
