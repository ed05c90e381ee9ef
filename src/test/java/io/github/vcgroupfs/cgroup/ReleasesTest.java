package io.github.vcgroupfs.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told that a group is empty, and when nobody is: kernel-facts.md, release. */
class ReleasesTest {
  private static final Caller CALLER = new Caller(0, 0, 1);
  private static final String AGENT = "/sbin/agent";

  private final FakeMembership processes = new FakeMembership();
  private final List<String> told = new ArrayList<>();
  private CgroupTree tree;
  private Cgroup a;
  private Cgroup b;

  @BeforeEach
  void twoGroups() throws Exception {
    tree = new CgroupTree(Profiles.LWN_2011, List.of(), processes, Notifier.NONE);
    tree.releases().addListener((agent, group) -> told.add(agent + " " + group));
    tree.releases().setAgent(AGENT);
    a = tree.mkdir(tree.root(), "a");
    b = tree.mkdir(tree.root(), "b");
    notifyOf(a, 1);
  }

  private void notifyOf(Cgroup group, int value) throws Exception {
    tree.set(group, CoreSetting.NOTIFY_ON_RELEASE, value != 0);
  }

  private int start(Cgroup group) throws Exception {
    int pid = processes.start(tree.root());
    move(pid, group);
    return pid;
  }

  private void move(int pid, Cgroup to) throws Exception {
    tree.attach(to, pid, Membership.Scope.PROCESS, CALLER);
  }

  private List<String> told() {
    tree.releases().deliver();
    return told;
  }

  private List<String> toldAfterALook() {
    tree.releases().sweep();
    return told;
  }

  @Test
  void theLastExitIsToldOnce() throws Exception {
    int first = start(a);
    int last = start(a);
    processes.end(first);
    assertThat(toldAfterALook()).isEmpty();
    processes.end(last);
    assertThat(told()).isEmpty();
    assertThat(toldAfterALook()).containsExactly("/sbin/agent /a");
    assertThat(toldAfterALook()).hasSize(1);
    processes.end(start(a));
    assertThat(toldAfterALook()).as("the next time it is empty").hasSize(2);
  }

  @Test
  void theLastMoveOutIsToldOnceAtOnce() throws Exception {
    int first = start(a);
    int last = start(a);
    move(first, b);
    assertThat(told()).isEmpty();
    move(last, tree.root());
    assertThat(told()).containsExactly("/sbin/agent /a");
    assertThat(toldAfterALook()).hasSize(1);
  }

  @Test
  void theLastChildIsToldOnceAtOnce() throws Exception {
    Cgroup x = tree.mkdir(a, "x");
    Cgroup y = tree.mkdir(a, "y");
    assertThat(x.notifyOnRelease()).as("inherited").isTrue();
    tree.rmdir(x);
    assertThat(told()).isEmpty();
    tree.rmdir(y);
    assertThat(told()).containsExactly("/sbin/agent /a");
    assertThat(toldAfterALook()).hasSize(1);
  }

  @Test
  void tasksAndChildrenMustBothBeGone() throws Exception {
    Cgroup x = tree.mkdir(a, "x");
    int pid = start(a);
    move(pid, b);
    assertThat(toldAfterALook()).as("the child is there").isEmpty();
    move(pid, a);
    tree.rmdir(x);
    assertThat(toldAfterALook()).as("the task is there").isEmpty();
    move(pid, b);
    assertThat(told()).containsExactly("/sbin/agent /a");
  }

  @Test
  void anExitThatNobodySawAndTheLastChildAreOneEvent() throws Exception {
    Cgroup x = tree.mkdir(a, "x");
    int pid = start(a);
    processes.end(pid);
    tree.rmdir(x);
    assertThat(toldAfterALook()).containsExactly("/sbin/agent /a");
  }

  @Test
  void anExitJustBeforeTheNextTaskComesIsTold() throws Exception {
    processes.end(start(a));
    int next = start(a);
    assertThat(told()).containsExactly("/sbin/agent /a");
    processes.end(next);
    assertThat(toldAfterALook()).hasSize(2);
  }

  @Test
  void aGroupThatNobodyEverUsedIsNot() throws Exception {
    notifyOf(b, 1);
    assertThat(toldAfterALook()).isEmpty();
    tree.rmdir(b);
    assertThat(toldAfterALook()).isEmpty();
  }

  @Test
  void withoutTheFlagNothingIsTold() throws Exception {
    move(start(b), tree.root());
    processes.end(start(b));
    tree.rmdir(tree.mkdir(b, "x"));
    assertThat(toldAfterALook()).isEmpty();
    notifyOf(b, 1);
    assertThat(toldAfterALook()).as("what happened without the flag").isEmpty();
    int pid = start(b);
    notifyOf(b, 0);
    notifyOf(b, 1);
    processes.end(pid);
    notifyOf(b, 0);
    assertThat(told()).as("what happened with the flag").containsExactly("/sbin/agent /b");
  }

  @Test
  void theFlagMayComeAfterTheTasks() throws Exception {
    int pid = start(b);
    notifyOf(b, 1);
    processes.end(pid);
    assertThat(toldAfterALook()).containsExactly("/sbin/agent /b");
  }

  @Test
  void withoutAnAgentNothingIsTold() throws Exception {
    tree.releases().setAgent("");
    move(start(a), b);
    assertThat(toldAfterALook()).isEmpty();
  }

  @Test
  void thePathIsThatOfTheMomentFromTheRoot() throws Exception {
    Cgroup deep = tree.mkdir(tree.mkdir(a, "x"), "y");
    int pid = start(deep);
    tree.rename(a, "renamed");
    move(pid, b);
    assertThat(told()).containsExactly("/sbin/agent /renamed/x/y");
  }

  @Test
  @Timeout(20)
  void whoWatchesSleepsUntilThereIsSomethingToWatch() throws Exception {
    start(b);
    CountDownLatch awake = new CountDownLatch(1);
    Thread watcher =
        new Thread(
            () -> {
              try {
                tree.releases().awaitWatched();
                awake.countDown();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            });
    watcher.start();
    assertThat(awake.await(50, TimeUnit.MILLISECONDS)).as("no task in a watched group").isFalse();
    int pid = start(a);
    watcher.join();
    assertThat(awake.getCount()).isZero();
    processes.end(pid);
  }
}
