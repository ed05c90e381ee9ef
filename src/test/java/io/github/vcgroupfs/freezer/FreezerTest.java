package io.github.vcgroupfs.freezer;

import static io.github.vcgroupfs.freezer.FreezerGroup.State.FREEZING;
import static io.github.vcgroupfs.freezer.FreezerGroup.State.FROZEN;
import static io.github.vcgroupfs.freezer.FreezerGroup.State.THAWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** The freezer without files and without signals. */
class FreezerTest {
  private static final Caller ROOT = new Caller(0, 0, 1);
  private static final Caller USER = new Caller(1000, 1000, 2);

  private final FakeMembership processes = new FakeMembership();
  private final HeldUp stopper = new HeldUp();
  private long now;

  /** A stopper whose members run on in some groups. */
  private static final class HeldUp implements Stopper {
    private final Set<Cgroup> running = new HashSet<>();
    private List<Freezing> groups = List.of();

    @Override
    public void look(Supplier<List<Freezing>> wanted) {
      groups = wanted.get();
    }

    @Override
    public boolean hasStopped(Cgroup group) {
      return !running.contains(group);
    }
  }

  private CgroupTree tree(String kernel) {
    KernelProfile profile = Profiles.byId(kernel).orElseThrow();
    return new CgroupTree(
        profile,
        List.of(new FreezerController(profile, stopper, () -> now)),
        processes,
        Notifier.NONE);
  }

  private static FreezerController freezer(CgroupTree tree) {
    return tree.controller(FreezerController.class);
  }

  private static FreezerGroup.State state(CgroupTree tree, Cgroup group) {
    return freezer(tree).state(group);
  }

  @Test
  void aGroupIsFreezingUntilAllBelowHaveStopped() throws Exception {
    CgroupTree tree = tree("linux-6.18");
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    Cgroup c = tree.mkdir(b, "c");
    stopper.running.add(c);
    freezer(tree).change(a, ROOT);
    assertThat(List.of(state(tree, a), state(tree, b), state(tree, c)))
        .containsExactly(FREEZING, FREEZING, FREEZING);
    assertThat(stopper.groups)
        .extracting(Stopper.Freezing::group)
        .containsExactlyInAnyOrder(a, b, c);
    stopper.running.clear();
    assertThat(state(tree, c)).isEqualTo(FROZEN);
    assertThat(FreezerGroup.of(a).state()).as("nobody has looked").isEqualTo(FREEZING);
    assertThat(state(tree, a)).isEqualTo(FROZEN);
    freezer(tree).change(a, null);
    assertThat(List.of(state(tree, a), state(tree, b), state(tree, c)))
        .containsExactly(THAWED, THAWED, THAWED);
    assertThat(stopper.groups).isEmpty();
  }

  @Test
  void aChildStaysFrozenAsLongAsItOrOneAboveIs() throws Exception {
    CgroupTree tree = tree("linux-4.4");
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    freezer(tree).change(a, ROOT);
    freezer(tree).change(b, USER);
    assertThat(FreezerGroup.of(b).selfFreezing()).isTrue();
    assertThat(FreezerGroup.of(b).parentFreezing()).isTrue();
    assertThat(stopper.groups).contains(new Stopper.Freezing(b, List.of(USER, ROOT)));
    freezer(tree).change(a, null);
    assertThat(state(tree, b)).isEqualTo(FROZEN);
    assertThat(FreezerGroup.of(b).parentFreezing()).isFalse();
    assertThat(state(tree, a)).isEqualTo(THAWED);
    freezer(tree).change(a, ROOT);
    freezer(tree).change(b, null);
    assertThat(state(tree, b)).as("thawed itself, but its parent is not").isEqualTo(FROZEN);
    freezer(tree).change(a, null);
    assertThat(state(tree, b)).isEqualTo(THAWED);
  }

  @Test
  void aNewChildOfAFrozenGroupIsFrozenAndIsForgottenWhenRemoved() throws Exception {
    CgroupTree tree = tree("linux-3.10");
    Cgroup a = tree.mkdir(tree.root(), "a");
    freezer(tree).change(a, ROOT);
    Cgroup b = tree.mkdir(a, "b");
    assertThat(FreezerGroup.of(b).state()).isEqualTo(FROZEN);
    assertThat(FreezerGroup.of(b).parentFreezing()).isTrue();
    assertThat(FreezerGroup.of(b).selfFreezing()).isFalse();
    tree.rmdir(b);
    tree.rmdir(a);
    tree.attach(tree.root(), processes.start(tree.root()), Membership.Scope.PROCESS, ROOT);
    assertThat(stopper.groups).extracting(Stopper.Freezing::group).doesNotContain(b);
  }

  /** As 6.18 does: the removed child never becomes frozen. */
  @Test
  void aRemovedChildIsWaitedForAnotherMoment() throws Exception {
    CgroupTree tree = tree("linux-6.18");
    Cgroup a = tree.mkdir(tree.root(), "a");
    tree.rmdir(tree.mkdir(a, "b"));
    freezer(tree).change(a, ROOT);
    now = ChildGroups.GRACE_NANOS - 1;
    assertThat(state(tree, a)).isEqualTo(FREEZING);
    now++;
    assertThat(state(tree, a)).isEqualTo(FROZEN);
    tree.rmdir(tree.mkdir(a, "b"));
    assertThat(state(tree, a)).as("it was frozen when it was made").isEqualTo(FROZEN);
  }

  @Test
  void whoeverComesMakesTheGroupsAboveFreezeAgain() throws Exception {
    CgroupTree tree = tree("linux-6.1");
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    freezer(tree).change(a, ROOT);
    assertThat(state(tree, a)).isEqualTo(FROZEN);
    stopper.running.add(b);
    tree.attach(b, processes.start(tree.root()), Membership.Scope.PROCESS, ROOT);
    assertThat(FreezerGroup.of(a).state()).isEqualTo(FREEZING);
    assertThat(state(tree, a)).isEqualTo(FREEZING);
    stopper.running.clear();
    assertThat(state(tree, a)).isEqualTo(FROZEN);
  }

  @Test
  void before38AGroupFreezesAlone() throws Exception {
    CgroupTree tree = tree("linux-3.3");
    Cgroup a = tree.mkdir(tree.root(), "a");
    Cgroup b = tree.mkdir(a, "b");
    freezer(tree).change(a, ROOT);
    assertThat(state(tree, a)).isEqualTo(FROZEN);
    assertThat(state(tree, b)).isEqualTo(THAWED);
    assertThat(state(tree, tree.mkdir(a, "c"))).isEqualTo(THAWED);
  }

  @Test
  void before38NobodyIsMovedIntoOrOutOfAFrozenGroup() throws Exception {
    CgroupTree tree = tree("linux-3.3");
    Cgroup a = tree.mkdir(tree.root(), "a");
    int inside = processes.start(tree.root());
    int outside = processes.start(tree.root());
    tree.attach(a, inside, Membership.Scope.PROCESS, ROOT);
    freezer(tree).change(a, ROOT);
    assertBusy(() -> tree.attach(a, outside, Membership.Scope.PROCESS, ROOT))
        .hasMessageContaining("into");
    assertBusy(() -> tree.attach(tree.root(), inside, Membership.Scope.THREAD, ROOT))
        .hasMessageContaining("out of");
    tree.attach(a, inside, Membership.Scope.PROCESS, ROOT); // it is there: nobody is asked
    freezer(tree).change(a, null);
    tree.attach(tree.root(), inside, Membership.Scope.PROCESS, ROOT);
    assertThat(a.isPopulated()).isFalse();
  }

  private interface Call {
    void run() throws ErrnoException;
  }

  private static AbstractThrowableAssert<?, ?> assertBusy(Call call) {
    return assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
  }
}
