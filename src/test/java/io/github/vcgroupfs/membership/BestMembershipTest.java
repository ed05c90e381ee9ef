package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which back end is chosen, and when. */
class BestMembershipTest {
  private final FakeMembership proc = new FakeMembership();
  private final FakeMembership hierarchy = new FakeMembership();
  private int openings;

  private BestMembership with(Membership opened) {
    return new BestMembership(
        proc,
        () -> {
          openings++;
          if (opened == null) {
            throw new IOException("not here");
          }
          return opened;
        });
  }

  private static CgroupTree tree(Membership membership) {
    return new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);
  }

  @Test
  void theKernelKeepsMembersFromTheFirstMoveOn() throws ErrnoException {
    BestMembership best = with(hierarchy);
    CgroupTree tree = tree(best);
    int pid = hierarchy.start(tree.root());
    Cgroup group = tree.mkdir(tree.root(), "a");
    assertThat(best.list(group, PROCESS)).isEmpty();
    assertThat(openings).as("before the first move").isZero();

    tree.attach(group, pid, PROCESS, Caller.SELF);
    tree.attach(group, pid, PROCESS, Caller.SELF);

    assertThat(best.list(group, PROCESS)).containsExactly(pid);
    assertThat(best.isPopulated(group)).isTrue();
    assertThat(proc.list(group, PROCESS)).isEmpty();
    assertThat(openings).isEqualTo(1);
  }

  @Test
  void procIsReadWhereTheKernelDoesNotLetUs() throws ErrnoException {
    BestMembership best = with(null);
    CgroupTree tree = tree(best);
    int pid = proc.start(tree.root());
    Cgroup group = tree.mkdir(tree.root(), "a");

    tree.attach(group, pid, PROCESS, Caller.SELF);
    tree.attach(group, pid, PROCESS, Caller.SELF);

    assertThat(best.list(group, PROCESS)).containsExactly(pid);
    assertThat(openings).as("asked once").isEqualTo(1);
  }

  @Test
  void onceClosedItMakesNoHierarchy() throws ErrnoException {
    BestMembership best = with(hierarchy);
    CgroupTree tree = tree(best);
    int pid = proc.start(tree.root());
    best.close();
    tree.attach(tree.mkdir(tree.root(), "a"), pid, PROCESS, Caller.SELF);
    assertThat(openings).isZero();
  }
}
