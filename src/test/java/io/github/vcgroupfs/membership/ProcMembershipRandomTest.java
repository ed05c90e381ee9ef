package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives against what the kernel would do; and all at once from many threads. */
class ProcMembershipRandomTest {
  private static final Caller ROOT = new Caller(0, 0, FakeProc.INIT);

  private final FakeProc proc = new FakeProc();
  private final ProcMembership membership = new ProcMembership(proc, System::nanoTime);
  private final CgroupTree tree =
      new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);

  private List<Cgroup> groups(int count) throws ErrnoException {
    List<Cgroup> groups = new ArrayList<>(List.of(tree.root()));
    for (int i = 0; i < count; i++) {
      groups.add(tree.mkdir(tree.root(), "g" + i));
    }
    return groups;
  }

  /**
   * Exact as long as somebody looks before a process ends or changes what its children are known
   * by: between two looks there are whole families.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void lookedAtInTimeEveryProcessIsWhereTheKernelHasIt(long seed) throws ErrnoException {
    Random random = new Random(seed);
    List<Cgroup> groups = groups(4);
    Map<Integer, Cgroup> expected = new HashMap<>();
    expected.put(FakeProc.INIT, tree.root());
    for (int step = 0; step < 600; step++) {
      List<Integer> living = proc.living();
      int pid = living.get(random.nextInt(living.size()));
      int action = living.size() > 40 ? 7 : random.nextInt(10);
      if (action < 4) {
        expected.put(proc.fork(pid), expected.get(pid));
      } else if (action < 6) {
        expected.put(proc.run(pid, "run"), expected.get(pid));
      } else if (action < 7) {
        Cgroup to = groups.get(random.nextInt(groups.size()));
        tree.attach(to, pid, PROCESS, ROOT);
        expected.put(pid, to);
      } else if (pid != FakeProc.INIT) {
        assertMembers(groups, expected, "seed " + seed + " step " + step);
        switch (random.nextInt(4)) {
          case 0 -> proc.exec(pid, "exec");
          case 1 -> proc.setsid(pid);
          case 2 -> {
            proc.exit(pid);
            expected.remove(pid);
          }
          default -> {
            proc.kill(pid);
            expected.remove(pid);
          }
        }
      }
    }
    assertMembers(groups, expected, "seed " + seed + " end");
  }

  private void assertMembers(List<Cgroup> groups, Map<Integer, Cgroup> expected, String where) {
    for (Cgroup group : groups) {
      int[] pids =
          expected.keySet().stream()
              .filter(pid -> expected.get(pid) == group)
              .mapToInt(Integer::intValue)
              .sorted()
              .toArray();
      assertThat(membership.isPopulated(group)).as(where).isEqualTo(pids.length > 0);
      assertThat(membership.list(group, PROCESS)).as("%s in %s", where, group).isEqualTo(pids);
    }
  }

  @Test
  void manyThreadsAtOnce() throws Exception {
    List<Cgroup> groups = groups(3);
    int shell = proc.run(FakeProc.INIT, "sh");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      Cgroup group = groups.get(worker);
      Caller caller = new Caller(0, 0, shell);
      running.add(
          pool.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  int job = proc.run(shell, "job");
                  tree.attach(group, job, PROCESS, caller);
                  int child = proc.run(job, "child");
                  assertThat(membership.isPopulated(group)).isTrue();
                  assertThat(membership.list(group, PROCESS)).contains(job, child);
                  assertThat(membership.describe(job)).startsWith("job[");
                  proc.kill(child);
                  proc.kill(job);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    pool.shutdown();

    for (Cgroup group : groups.subList(1, 4)) {
      assertThat(membership.isPopulated(group)).isFalse();
    }
    assertThat(membership.list(tree.root(), PROCESS)).containsExactly(FakeProc.INIT, shell);
  }
}
