package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tree itself: what has no file to show it. */
class MemoryControllerTest {
  private static final long PAGE = 4096;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  @Test
  void idsAreUniqueAndNeverGivenAgain() throws Exception {
    MemoryTree tree = trees.newTree();
    Set<Long> ids = new HashSet<>(Set.of(tree.root().cgroup().id()));
    for (int i = 0; i < 100; i++) {
      MemCgroup group = tree.mkdir(tree.root(), "g");
      assertThat(ids.add(group.cgroup().id())).isTrue();
      tree.rmdir(group);
    }
  }

  @Test
  void pathsFollowTheTreeAndItsRenames() throws Exception {
    MemoryTree tree = trees.newTree();
    MemCgroup a = tree.mkdir(tree.root(), "a");
    MemCgroup b = tree.mkdir(a, "b");
    assertThat(tree.root().path()).isEqualTo("/");
    assertThat(b.path()).isEqualTo("/a/b");
    tree.rename(a, "x");
    assertThat(b.path()).isEqualTo("/x/b");
    assertThat(tree.tree().find("a")).isNull();
    assertThat(tree.tree().find("x")).isSameAs(a.cgroup());
  }

  @Test
  void whatIsGoneTakesNothingAnyMore() throws Exception {
    MemoryTree tree = trees.newTree();
    MemCgroup gone = tree.mkdir(tree.root(), "gone");
    tree.rmdir(gone);
    fails(Errno.ENOENT, () -> tree.mkdir(gone, "child"));
    fails(Errno.ENOENT, () -> tree.rmdir(gone));
    fails(Errno.ENOENT, () -> tree.rename(gone, "back"));
    fails(Errno.ENODEV, () -> tree.setLimit(gone, CounterKind.TCP, PAGE));
    fails(Errno.ENODEV, () -> tree.setUsage(gone, CounterKind.MEMORY, PAGE));
    fails(Errno.ENODEV, () -> tree.setUsage(gone, CounterKind.KMEM, PAGE));
    fails(Errno.ENODEV, () -> tree.set(gone, Setting.USE_HIERARCHY, 1));
    fails(Errno.ENODEV, () -> tree.forceEmpty(gone));
    assertThat(tree.root().hasChildren()).isFalse();
    assertThat(tree.tcpBranch().isOn()).isFalse();
  }

  @Test
  void usagesThatAreOnlyCountedCannotBeSet() throws Exception {
    MemoryTree tree = trees.newTree();
    MemCgroup group = tree.mkdir(tree.root(), "g");
    fails(Errno.EINVAL, () -> tree.setUsage(group, CounterKind.TCP, PAGE));
    fails(Errno.EINVAL, () -> tree.setUsage(group, CounterKind.MEMSW, PAGE));
  }

  @Test
  void listenersHearOfEachRemovedGroupOnceAndAfterIt() throws Exception {
    MemoryTree tree = trees.newTree();
    List<String> heard = new ArrayList<>();
    tree.addGroupListener(group -> heard.add(group.path() + " alive=" + group.isAlive()));
    MemCgroup a = tree.mkdir(tree.root(), "a");
    MemCgroup b = tree.mkdir(a, "b");
    fails(Errno.EBUSY, () -> tree.rmdir(a));
    fails(Errno.EBUSY, () -> tree.rmdir(tree.root()));
    tree.rmdir(b);
    tree.rmdir(a);
    assertThat(heard).containsExactly("/a/b alive=false", "/a alive=false");
  }

  @Test
  void theHierarchicalLimitIsTheSmallestThatApplies() throws Exception {
    MemoryTree tree = trees.newTree();
    MemCgroup a = tree.mkdir(tree.root(), "a");
    tree.set(a, Setting.USE_HIERARCHY, 1);
    MemCgroup b = tree.mkdir(a, "b");
    tree.setLimit(a, CounterKind.MEMORY, 8 * PAGE);
    tree.setLimit(b, CounterKind.MEMORY, 16 * PAGE);
    assertThat(tree.hierarchicalLimit(b, CounterKind.MEMORY)).isEqualTo(8 * PAGE);
    tree.setLimit(b, CounterKind.MEMORY, 4 * PAGE);
    assertThat(tree.hierarchicalLimit(b, CounterKind.MEMORY)).isEqualTo(4 * PAGE);
    assertThat(tree.hierarchicalLimit(a, CounterKind.MEMORY)).isEqualTo(8 * PAGE);
  }

  @Test
  void rmdirIsBusyWhenTheParentHasNoRoomForWhatMovesToIt() throws Exception {
    MemoryTree tree = trees.newTree();
    MemCgroup parent = tree.mkdir(tree.root(), "parent");
    MemCgroup child = tree.mkdir(parent, "child"); // not hierarchical: charged on its own
    tree.setLimit(parent, CounterKind.MEMORY, 2 * PAGE);
    tree.setUsage(child, CounterKind.MEMORY, 3 * PAGE);
    fails(Errno.EBUSY, () -> tree.rmdir(child));
    fails(Errno.EBUSY, () -> tree.forceEmpty(child));
    assertThat(child.isAlive()).isTrue();
    assertThat(tree.usage(child, CounterKind.MEMORY)).isEqualTo(3 * PAGE);
    tree.setLimit(parent, CounterKind.MEMORY, 3 * PAGE);
    tree.rmdir(child);
    assertThat(tree.usage(parent, CounterKind.MEMORY)).isEqualTo(3 * PAGE);
  }

  @Test
  void aPopulatedGroupAndThoseThatAccountForItShowAPage() throws Exception {
    FakeMembership processes = new FakeMembership();
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), processes);
    MemCgroup parent = tree.mkdir(tree.root(), "parent");
    tree.set(parent, Setting.USE_HIERARCHY, 1);
    MemCgroup one = tree.mkdir(parent, "one");
    MemCgroup two = tree.mkdir(parent, "two");
    int first = processes.start(one.cgroup());
    int second = processes.start(two.cgroup());
    assertThat(tree.usage(one, CounterKind.MEMORY)).isEqualTo(PAGE);
    assertThat(tree.usage(one, CounterKind.KMEM)).isZero();
    assertThat(tree.usage(parent, CounterKind.MEMORY))
        .as("never less than the groups it accounts for")
        .isEqualTo(2 * PAGE);
    processes.end(first);
    processes.end(second);
    assertThat(tree.usage(parent, CounterKind.MEMORY)).isZero();
    MemoryTree strict = trees.newTree(Profiles.LWN_2011, processes);
    MemCgroup plain = strict.mkdir(strict.root(), "plain");
    processes.start(plain.cgroup());
    assertThat(strict.usage(plain, CounterKind.MEMORY)).as("--strict").isZero();
  }

  /** Found by StressIT: a group's own structures are charged past its parent, too. */
  @Test
  void theRootShowsTheKernelMemoryOfGroupsThemselves() throws Exception {
    MemoryTree tree =
        trees.newTree(Profiles.byId("linux-6.18").orElseThrow(), new FakeMembership());
    MemCgroup a = tree.mkdir(tree.root(), "a");
    tree.mkdir(a, "b");
    long ofA = tree.usage(a, CounterKind.KMEM);
    assertThat(ofA).isPositive();
    assertThat(tree.usage(tree.root(), CounterKind.KMEM)).isEqualTo(ofA);
    assertThat(tree.usage(tree.root(), CounterKind.MEMORY)).isGreaterThanOrEqualTo(ofA);
  }

  /** style.md, one key: the JVM-wide key is on while any hierarchy has users. */
  @Test
  void theJvmWideKeyIsOnWhileAHierarchyHasUsers() throws Exception {
    MemoryTree one = trees.newTree();
    MemoryTree other = trees.newTree();
    MemCgroup web = one.mkdir(one.root(), "web");
    MemCgroup db = other.mkdir(other.root(), "db");
    one.setLimit(web, CounterKind.TCP, PAGE);
    assertThat(AccountingBranch.TCP.isEnabled()).isTrue();
    other.setLimit(db, CounterKind.TCP, PAGE);
    one.rmdir(web);
    assertThat(AccountingBranch.TCP.isEnabled()).isTrue();
    assertThat(one.tcpBranch().isOn()).isFalse();
    other.setLimit(db, CounterKind.TCP, other.profile().era().unlimited());
    assertThat(other.tcpBranch().isOn()).isFalse();
  }

  private static void fails(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> assertThat(refusal.errno()).as(refusal.why()).isEqualTo(errno));
  }
}
