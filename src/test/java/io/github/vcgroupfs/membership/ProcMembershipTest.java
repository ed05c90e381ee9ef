package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static io.github.vcgroupfs.cgroup.Membership.Scope.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.os.TaskStat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProcMembershipTest {
  private static final int INIT = FakeProc.INIT;

  private final FakeProc proc = new FakeProc();
  private final AtomicLong nanos = new AtomicLong();
  private final ProcMembership membership = new ProcMembership(proc, nanos::get);
  private final CgroupTree tree =
      new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);
  private Cgroup a;
  private Cgroup b;
  private int shell;

  @BeforeEach
  void twoGroupsAndAShell() throws ErrnoException {
    a = tree.mkdir(tree.root(), "a");
    b = tree.mkdir(tree.root(), "b");
    shell = proc.run(INIT, "sh");
    proc.setsid(shell);
  }

  private static Caller root(int tid) {
    return new Caller(0, 0, tid);
  }

  private void attach(Cgroup group, int pid) throws ErrnoException {
    tree.attach(group, pid, PROCESS, root(shell));
  }

  private ErrnoException refusal(Cgroup group, int pid, Scope scope, Caller caller) {
    return catchThrowableOfType(ErrnoException.class, () -> tree.attach(group, pid, scope, caller));
  }

  private int[] procs(Cgroup group) {
    return membership.list(group, PROCESS);
  }

  private int[] tasks(Cgroup group) {
    return membership.list(group, THREAD);
  }

  @Nested
  class Moving {
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
    void zeroIsTheWriterAndTheOpenerMustBeAllowedToMoveIt() throws ErrnoException {
      Caller openedByAnother = new Caller(1000, 1000, shell);
      assertThat(refusal(a, 0, PROCESS, openedByAnother).errno()).isEqualTo(Errno.EACCES);
    }

    @Test
    void zeroIsTheCaller() throws ErrnoException {
      proc.setUids(shell, 1000, 1000);
      tree.attach(a, 0, PROCESS, new Caller(1000, 1000, shell));

      assertThat(procs(a)).containsExactly(shell);
    }

    @Test
    void zeroOfACallerOutOfSightIsRefused() {
      ErrnoException refusal = refusal(a, 0, PROCESS, root(0));

      assertThat(refusal.errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal.why()).contains("another pid namespace");
      assertThat(refusal(a, 0, PROCESS, root(9999)).errno()).isEqualTo(Errno.ESRCH);
    }

    /** Its number may be that of another process here, which must stay where it is. */
    @Test
    void aNumberOfACallerOutOfSightIsRefused() {
      ErrnoException refusal = refusal(a, shell, PROCESS, root(0));

      assertThat(refusal.errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal.why()).startsWith(shell + " is a number of the writer's pid namespace");
      assertThat(procs(a)).isEmpty();
    }

    @Test
    void intoTheSameGroupTwice() throws ErrnoException {
      attach(a, shell);
      attach(a, shell);

      assertThat(procs(a)).containsExactly(shell);
    }

    @Test
    void idsAreListedAscending() throws ErrnoException {
      for (int i = 0; i < 40; i++) {
        attach(a, proc.run(shell, "job"));
      }

      assertThat(procs(a)).hasSize(40).isSorted();
    }

    @Test
    void unknownAndNegativeIdsAreRefused() {
      ErrnoException refusal = refusal(a, 4711, PROCESS, root(shell));

      assertThat(refusal.errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal.why()).contains("4711").contains("exited");
      assertThat(refusal(a, -5, PROCESS, root(shell)).errno()).isEqualTo(Errno.ESRCH);
    }

    @Test
    void theDeadAreRefused() {
      int zombie = proc.run(shell, "job");
      proc.exit(zombie);
      int exiting = proc.run(shell, "job");
      proc.setFlags(exiting, TaskStat.PF_EXITING);

      assertThat(refusal(a, zombie, PROCESS, root(shell)).errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal(a, zombie, THREAD, root(shell)).errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal(a, exiting, PROCESS, root(shell)).errno()).isEqualTo(Errno.ESRCH);
    }

    @Test
    void kernelThreadsThatAreBoundStay() throws ErrnoException {
      int kthreadd = proc.fork(INIT, 2);
      proc.setFlags(kthreadd, TaskStat.PF_KTHREAD);
      int worker = proc.fork(kthreadd);
      proc.setFlags(worker, TaskStat.PF_KTHREAD | TaskStat.PF_NO_SETAFFINITY);
      int free = proc.fork(kthreadd);
      proc.setFlags(free, TaskStat.PF_KTHREAD);

      assertThat(refusal(a, kthreadd, PROCESS, root(shell)).errno()).isEqualTo(Errno.EINVAL);
      assertThat(refusal(a, worker, THREAD, root(shell)).errno()).isEqualTo(Errno.EINVAL);
      assertThat(refusal(a, worker, THREAD, root(shell)).why()).contains("kernel thread");
      attach(a, free);
      assertThat(procs(a)).containsExactly(free);
    }

    @Test
    void aUserMayMoveOnlyWhatHasItsRealOrSavedId() throws ErrnoException {
      int theirs = proc.run(shell, "theirs");
      proc.setUids(theirs, 1001, 1002);

      ErrnoException refusal = refusal(a, theirs, PROCESS, new Caller(1000, 1000, shell));
      assertThat(refusal.errno()).isEqualTo(Errno.EACCES);
      assertThat(refusal.why()).contains("1000").contains("1001").contains("1002");
      tree.attach(a, theirs, PROCESS, new Caller(1001, 0, shell));
      tree.attach(b, theirs, PROCESS, new Caller(1002, 0, shell));
      tree.attach(a, theirs, PROCESS, new Caller(0, 0, shell));
      assertThat(procs(a)).containsExactly(theirs);
    }

    @Test
    void aNumberWrittenInAContainerIsItsOwn() throws ErrnoException {
      int containersInit = proc.run(shell, "init");
      proc.setNamespace(containersInit, "pid:[2]", containersInit, 1);
      int otherInit = proc.run(shell, "init");
      proc.setNamespace(otherInit, "pid:[3]", otherInit, 1);
      int job = proc.run(otherInit, "job");
      proc.setNamespace(job, "pid:[3]", job, 7);
      int thread = proc.thread(job);
      proc.setNamespace(thread, "pid:[3]", thread, 8);

      tree.attach(a, 1, PROCESS, root(job));
      tree.attach(b, 8, PROCESS, root(job));

      assertThat(procs(a)).containsExactly(otherInit);
      assertThat(procs(b)).containsExactly(job);
      ErrnoException refusal = refusal(a, containersInit, PROCESS, root(job));
      assertThat(refusal.errno()).isEqualTo(Errno.ESRCH);
      assertThat(refusal.why()).contains("own pid namespace");
    }

    @Test
    void aReaderGetsTheIdsOfItsOwnNamespaceAndOfThoseBelow() throws ErrnoException {
      int init = proc.run(shell, "init");
      proc.setNamespace(init, "pid:[2]", init, 1);
      int job = proc.run(init, "job");
      proc.setNamespace(job, "pid:[2]", job, 9);
      int nested = proc.run(job, "init");
      proc.setNamespace(nested, "pid:[4]", nested, 5, 1);
      proc.setNamespaceAbove("pid:[4]", "pid:[2]");
      int stranger = proc.run(shell, "init");
      proc.setNamespace(stranger, "pid:[3]", stranger, 1);
      int strangersChild = proc.run(stranger, "init");
      proc.setNamespace(strangersChild, "pid:[5]", strangersChild, 7, 1);
      proc.setNamespaceAbove("pid:[5]", "pid:[3]");
      for (int pid : new int[] {shell, init, job, nested, stranger, strangersChild}) {
        attach(a, pid);
      }

      assertThat(seenBy(job)).containsExactly(1, 5, 9);
      assertThat(seenBy(nested)).containsExactly(1);
      assertThat(seenBy(stranger)).containsExactly(1, 7);
      assertThat(seenBy(shell)).isEqualTo(procs(a));
      assertThat(seenBy(0)).isEqualTo(procs(a));
      tree.attach(b, 5, PROCESS, root(job));
      assertThat(procs(b)).containsExactly(nested);
    }

    private int[] seenBy(int reader) {
      return membership.seenBy(root(reader), procs(a));
    }
  }

  @Nested
  class Inheritance {
    @Test
    void aChildIsBornIntoTheGroupOfItsParent() throws ErrnoException {
      attach(a, shell);
      int child = proc.run(shell, "child");
      int grandchild = proc.run(child, "grandchild");

      assertThat(procs(a)).containsExactly(shell, child, grandchild);
    }

    @Test
    void aChildWhoseIdIsLowerThanItsParents() throws ErrnoException {
      attach(a, shell);
      int child = proc.run(shell, "child");
      int low = proc.fork(child, 50);
      proc.exec(low, "low");

      assertThat(procs(a)).containsExactly(low, shell, child);
    }

    @Test
    void aChildStaysWhereItWasBornWhenItsParentMoves() throws ErrnoException {
      attach(a, shell);
      int first = proc.run(shell, "first");
      attach(b, shell);
      int second = proc.run(shell, "second");

      assertThat(procs(a)).containsExactly(first);
      assertThat(procs(b)).containsExactly(shell, second);
    }

    @Test
    void childrenOfBeforeTheMoveAreNotMoved() throws ErrnoException {
      int before = proc.run(shell, "before");
      attach(a, shell);

      assertThat(procs(a)).containsExactly(shell);
      assertThat(procs(tree.root())).containsExactly(INIT, before);
    }

    @Test
    void execChangesNothing() throws ErrnoException {
      attach(a, shell);
      proc.exec(shell, "other");
      int child = proc.run(shell, "child");

      assertThat(procs(a)).containsExactly(shell, child);
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
    void aParentOfAReusedIdIsNoParent() throws ErrnoException {
      int daemon = proc.run(shell, "daemon");
      attach(a, daemon);
      proc.kill(daemon);
      int again = proc.fork(INIT, daemon);
      int child = proc.run(again, "child");

      assertThat(procs(a)).isEmpty();
      assertThat(procs(tree.root())).containsExactly(INIT, shell, again, child);
    }

    @Test
    void aParentIdThatIsReusedWhileWeLookIsNoParent() throws ErrnoException {
      attach(a, shell);
      int job = proc.run(INIT, "job");
      int low = proc.fork(job, 50);
      proc.exec(low, "low");
      proc.afterReading(
          low,
          () -> {
            proc.kill(job);
            proc.fork(shell, job);
          });

      assertThat(procs(a)).containsExactly(shell, job);
      assertThat(procs(tree.root())).containsExactly(INIT, low);
    }

    @Test
    void aKnownChildOutlivesItsParent() throws ErrnoException {
      attach(a, shell);
      int child = proc.run(shell, "child");
      assertThat(procs(a)).contains(child);
      proc.kill(shell);

      assertThat(procs(a)).containsExactly(child);
      assertThat(membership.isPopulated(a)).isTrue();
    }

    @Test
    void aChildBornWhileWeLookIsSeen() throws ErrnoException {
      attach(a, shell);
      int[] child = new int[1];
      proc.afterListing(
          () -> {
            child[0] = proc.run(shell, "child");
            proc.kill(shell);
          });

      assertThat(procs(a)).containsExactly(child[0]);
    }
  }

  @Nested
  class Orphans {
    @Test
    void anUnseenOrphanOfAnotherProgramIsLost() throws ErrnoException {
      int job = proc.run(INIT, "job");
      attach(a, job);
      int orphan = proc.run(job, "orphan");
      proc.setsid(orphan);
      proc.kill(job);

      assertThat(procs(tree.root())).contains(orphan);
    }

    @Test
    void anOrphanThatRunsItsParentsProgramIsKnownByIt() throws ErrnoException {
      int daemon = proc.run(shell, "daemon");
      attach(a, daemon);
      int second = proc.fork(daemon);
      proc.setsid(second);
      int third = proc.fork(second);
      proc.kill(daemon);
      proc.kill(second);

      assertThat(membership.isPopulated(a)).isTrue();
      assertThat(procs(a)).containsExactly(third);
    }

    @Test
    void anOrphanIsKnownByTheLeaderOfItsProcessGroup() throws ErrnoException {
      int job = proc.run(shell, "job");
      proc.setpgrp(job);
      attach(a, job);
      int orphan = proc.run(job, "orphan");
      proc.kill(job);

      assertThat(procs(a)).containsExactly(orphan);
      assertThat(procs(tree.root())).containsExactly(INIT, shell);
    }

    @Test
    void anOrphanIsKnownByTheLeaderOfItsSession() throws ErrnoException {
      attach(a, shell);
      int middle = proc.run(shell, "middle");
      int orphan = proc.run(middle, "orphan");
      proc.kill(middle);

      assertThat(procs(a)).containsExactly(shell, orphan);
    }

    @Test
    void aParentThatLeftTheSessionIsStillTheParent() throws ErrnoException {
      attach(a, shell);
      int job = proc.run(shell, "job");
      attach(b, job);
      int child = proc.run(job, "child");
      proc.setsid(job);

      assertThat(procs(b)).containsExactly(job, child);
    }

    @Test
    void aSiblingBornWithCloneParentIsKnownByItsProgram() throws ErrnoException {
      int stage0 = proc.run(shell, "runc init");
      attach(a, stage0);
      int stage1 = proc.forkSibling(stage0);
      int stage2 = proc.forkSibling(stage1);
      proc.setsid(stage2);
      proc.kill(stage1);
      proc.kill(stage0);

      assertThat(procs(a)).containsExactly(stage2);
      proc.exec(stage2, "nginx");
      assertThat(procs(a)).containsExactly(stage2);
    }

    @Test
    void withoutRandomisationAProgramProvesNothing() throws ErrnoException {
      proc.setImage(shell, 0x7fffffffe000L);
      int first = proc.run(shell, "job");
      proc.setImage(first, 0x7fffffffdd00L);
      attach(a, first);
      int second = proc.run(shell, "job");
      proc.setImage(second, 0x7fffffffdd00L);

      assertThat(procs(a)).containsExactly(first);
      assertThat(procs(tree.root())).contains(second);
    }

    @Test
    void aProgramInTwoGroupsProvesNothing() throws ErrnoException {
      int master = proc.run(shell, "server");
      attach(a, master);
      int worker = proc.fork(master);
      attach(b, worker);
      int orphan = proc.fork(worker);
      proc.setsid(orphan);
      proc.kill(worker);

      assertThat(procs(tree.root())).contains(orphan);
    }

    @Test
    void aGlanceForALogLineSeesShortLivedParents() throws ErrnoException {
      attach(a, shell);
      nanos.addAndGet(200_000_000);
      int middle = proc.run(shell, "middle");
      membership.describe(shell);
      int orphan = proc.run(middle, "orphan");
      proc.setsid(orphan);
      nanos.addAndGet(200_000_000);
      membership.describe(shell);
      proc.kill(middle);

      assertThat(procs(a)).containsExactly(shell, orphan);
    }
  }

  @Nested
  class Threads {
    private int server;
    private int worker;

    @BeforeEach
    void aServerOfTwoThreads() {
      server = proc.run(shell, "server");
      worker = proc.thread(server);
    }

    @Test
    void anyThreadStandsForItsProcess() throws ErrnoException {
      attach(a, worker);

      assertThat(procs(a)).containsExactly(server);
      assertThat(tasks(a)).containsExactly(server, worker);
    }

    @Test
    void zeroIsTheWholeProcessOrTheThread() throws ErrnoException {
      tree.attach(a, 0, PROCESS, root(worker));
      tree.attach(b, 0, THREAD, root(worker));

      assertThat(tasks(a)).containsExactly(server);
      assertThat(tasks(b)).containsExactly(worker);
    }

    @Test
    void oneThreadMovesAndBothGroupsHaveTheProcess() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));

      assertThat(tasks(a)).containsExactly(worker);
      assertThat(procs(a)).containsExactly(server);
      assertThat(tasks(tree.root())).contains(server).doesNotContain(worker);
      assertThat(procs(tree.root())).contains(server);
      assertThat(membership.isPopulated(a)).isTrue();
    }

    @Test
    void theProcessTakesItsThreadsAlong() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      attach(b, server);

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(tasks(b)).containsExactly(server, worker);
    }

    @Test
    void threadsThatMeetAgainAreOneProcess() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      tree.attach(a, server, THREAD, root(shell));
      int later = proc.thread(server);

      assertThat(tasks(a)).containsExactly(server, worker, later);
      assertThat(procs(tree.root())).doesNotContain(server);
    }

    @Test
    void theOnlyThreadIsTheProcess() throws ErrnoException {
      tree.attach(a, shell, THREAD, root(shell));
      int later = proc.thread(shell);

      assertThat(tasks(a)).containsExactly(shell, later);
    }

    @Test
    void aMovedThreadThatEndsLeaves() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      proc.endAndReapThread(worker);

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(tasks(a)).isEmpty();
    }

    @Test
    void aReusedThreadIdIsAnotherThread() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      proc.endAndReapThread(worker);
      proc.thread(server, worker);

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(tasks(tree.root())).contains(server, worker);
    }

    @Test
    void theLastThreadLeftDecides() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      proc.endThread(server);

      assertThat(procs(a)).containsExactly(server);
      assertThat(tasks(a)).containsExactly(worker);
      assertThat(procs(tree.root())).doesNotContain(server);
    }

    @Test
    void aChildIsInTheGroupOfTheThreadThatForkedIt() throws ErrnoException {
      tree.attach(a, worker, THREAD, root(shell));
      int ofWorker = proc.fork(worker);
      int ofServer = proc.run(server, "child");

      assertThat(procs(a)).containsExactly(server, ofWorker);
      assertThat(procs(tree.root())).contains(server, ofServer);
    }

    @Test
    void aLeaderThatEndedIsNoZombieWhileThreadsLive() throws ErrnoException {
      attach(a, server);
      proc.endThread(server);

      assertThat(membership.isPopulated(a)).isTrue();
      assertThat(procs(a)).containsExactly(server);
      assertThat(tasks(a)).containsExactly(worker);
      attach(b, server);
      assertThat(procs(b)).containsExactly(server);
      assertThat(refusal(a, server, THREAD, root(shell)).errno()).isEqualTo(Errno.ESRCH);
      proc.exit(server);
      assertThat(membership.isPopulated(b)).isFalse();
    }
  }

  @Nested
  class Leaving {
    @Test
    void zombiesDoNotCount() throws ErrnoException {
      attach(a, shell);
      proc.exit(shell);

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(procs(a)).isEmpty();
      assertThat(procs(tree.root())).containsExactly(INIT);
      tree.rmdir(a);
    }

    @Test
    void aGroupWithProcessesIsBusyUntilTheyGo() throws ErrnoException {
      attach(a, shell);

      assertThat(catchThrowableOfType(ErrnoException.class, () -> tree.rmdir(a)).errno())
          .isEqualTo(Errno.EBUSY);
      attach(b, shell);
      tree.rmdir(a);
    }

    @Test
    void aGroupThatNeverHadAnyoneIsToldWithoutLooking() {
      int reads = proc.statReads() + proc.listings();

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(procs(a)).isEmpty();
      assertThat(proc.statReads() + proc.listings()).isEqualTo(reads);
    }

    @Test
    void aGroupWithALiveMemberIsToldByOneRead() throws ErrnoException {
      attach(a, shell);
      int reads = proc.statReads();
      int listings = proc.listings();

      assertThat(membership.isPopulated(a)).isTrue();
      assertThat(proc.statReads()).isEqualTo(reads + 1);
      assertThat(proc.listings()).isEqualTo(listings);
      assertThat(membership.isPopulated(tree.root())).isTrue();
      assertThat(proc.listings()).isEqualTo(listings);
    }

    @Test
    void theRootIsPopulatedBeforeAnythingWasRead() {
      assertThat(membership.isPopulated(tree.root())).isTrue();
    }

    @Test
    void aGroupThatEmptiedIsLookedAtOnce() throws ErrnoException {
      attach(a, shell);
      proc.kill(shell);
      assertThat(membership.isPopulated(a)).isFalse();
      int listings = proc.listings();

      assertThat(membership.isPopulated(a)).isFalse();
      assertThat(proc.listings()).isEqualTo(listings);
    }

    @Test
    void nothingGrowsAsProcessesAndGroupsComeAndGo() throws ErrnoException {
      for (int i = 0; i < 2000; i++) {
        Cgroup group = tree.mkdir(tree.root(), "g" + i);
        int job = proc.run(shell, "job");
        attach(group, job);
        int child = proc.run(job, "child");
        assertThat(procs(group)).containsExactly(job, child);
        proc.kill(child);
        proc.kill(job);
        tree.rmdir(group);
      }

      assertThat(membership.size()).isLessThan(600);
    }

    @Test
    void aProcessThatCannotBeReadNowStays() throws ErrnoException {
      attach(a, shell);
      proc.setReadable(shell, false);

      assertThat(membership.isPopulated(a)).isTrue();
      assertThat(procs(a)).containsExactly(shell);
      proc.setReadable(shell, true);
      assertThat(procs(a)).containsExactly(shell);
    }
  }
}
