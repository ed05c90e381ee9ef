package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeNotifier;
import io.github.vcgroupfs.cgroup.FakeNotifier.Event;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.PatchLevel;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 4.19 of 2018, which told nobody of out of memory while its OOM killer was on, and of later. */
class SilentOomTest {
  private static final long MIB = 1 << 20;
  private static final KernelProfile LATER = Profiles.byId("linux-4.19").orElseThrow().relaxed();

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private MemoryTree tree(KernelProfile kernel) {
    return trees.watch(
        new MemoryTree(
            kernel, Membership.NOBODY, new FakeNotifier(), () -> 0, ModelListener.SILENT));
  }

  private static Event listen(MemoryTree tree, MemCgroup group, MemoryEvent to, String args)
      throws ErrnoException {
    Event event = new Event();
    tree.events().register(group.cgroup(), to, args, event);
    return event;
  }

  private static void runOut(MemoryTree tree, MemCgroup group) {
    assertThatThrownBy(() -> tree.setUsage(group, CounterKind.MEMORY, 2 * MIB))
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
  }

  private static long toldWithTheKillerOn(MemoryTree tree, MemCgroup group) throws ErrnoException {
    tree.setLimit(group, CounterKind.MEMORY, MIB);
    Event oom = listen(tree, group, MemoryEvent.OOM, "");
    Event critical = listen(tree, group, MemoryEvent.PRESSURE, "critical");
    runOut(tree, group);
    assertThat(critical.read()).as("pressure").isEqualTo(1);
    assertThat(group.memory().failcnt()).isEqualTo(1);
    return oom.read();
  }

  @Test
  void theLaterKernelTells() throws Exception {
    MemoryTree tree = tree(LATER);
    assertThat(toldWithTheKillerOn(tree, tree.mkdir(tree.root(), "a"))).isEqualTo(1);
  }

  @Test
  void theEarlierKernelIsSilentUnlessTheKillerIsOff() throws Exception {
    MemoryTree tree = tree(LATER.with(Set.of(PatchLevel.SILENT_OOM)));
    MemCgroup group = tree.mkdir(tree.root(), "a");
    assertThat(toldWithTheKillerOn(tree, group)).isZero();
    tree.set(group, Setting.OOM_KILL_DISABLE, 1);
    Event oom = listen(tree, group, MemoryEvent.OOM, "");
    assertThat(oom.read()).as("nobody waits: the killer was on").isZero();
    runOut(tree, group);
    assertThat(oom.read()).isEqualTo(1);
  }
}
