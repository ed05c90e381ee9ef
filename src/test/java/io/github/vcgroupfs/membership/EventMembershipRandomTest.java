package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static io.github.vcgroupfs.cgroup.Membership.Scope.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of processes and threads against what the kernel would do. Unlike with {@code /proc}
 * alone, nobody looks before something ends or changes.
 */
class EventMembershipRandomTest {
  private static final Caller ROOT = new Caller(0, 0, FakeProc.INIT);

  private final FakeProc proc = new FakeProc();
  private final FakeEvents told = new FakeEvents();
  private final EventMembership membership =
      new EventMembership(
          proc, new ForkEvents(told, proc, proc::nanoTime), told::close, proc::nanoTime);
  private final CgroupTree tree =
      new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);
  private final List<Cgroup> groups = new ArrayList<>();

  /** Where each living thread is. */
  private final Map<Integer, Cgroup> expected = new TreeMap<>();

  private final Queue<Integer> freeIds = new ArrayDeque<>();

  private void begin() throws ErrnoException {
    proc.listen(told);
    groups.add(tree.root());
    for (int i = 0; i < 4; i++) {
      groups.add(tree.mkdir(tree.root(), "g" + i));
    }
    expected.put(FakeProc.INIT, tree.root());
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void gone() {
    List<Integer> living = proc.livingThreads();
    for (Integer tid : List.copyOf(expected.keySet())) {
      if (!living.contains(tid)) {
        expected.remove(tid);
        if (!proc.exists(tid)) {
          freeIds.add(tid);
        }
      }
    }
  }

  private void born(int tid, int forker) {
    expected.put(tid, expected.get(forker));
  }

  private void step(Random random) throws ErrnoException {
    List<Integer> threads = proc.livingThreads();
    int tid = any(random, threads);
    int pid = proc.processOf(tid);
    switch (threads.size() > 60 ? 12 : random.nextInt(14)) {
      case 0, 1 -> born(/* tid= */ proc.fork(tid), /* forker= */ tid);
      case 2 -> born(proc.forkSibling(tid), tid);
      case 3, 4 -> born(proc.threadOf(tid), tid);
      case 5 -> {
        if (!freeIds.isEmpty()) {
          Integer id = freeIds.remove();
          born(/* tid= */ proc.fork(tid, id), /* forker= */ tid);
        }
      }
      case 6 -> { // an orphan
        int middle = proc.fork(tid);
        int orphan = proc.run(middle, "orphan");
        proc.setsid(orphan);
        proc.kill(middle);
        born(orphan, tid);
      }
      case 7, 8 -> move(random, tid, pid);
      case 9 -> { // a move while a birth is under way
        told.hold();
        int child = proc.fork(tid);
        Cgroup to = any(random, groups);
        boolean moveChild = random.nextBoolean();
        born(child, tid);
        tree.attach(to, moveChild ? child : tid, THREAD, ROOT);
        expected.put(tid, moveChild ? expected.get(tid) : to);
        expected.put(child, to);
        told.arrive();
      }
      case 10 -> exec(random, tid, pid);
      default -> {
        if (pid != FakeProc.INIT) {
          end(random, tid, pid);
        }
      }
    }
    gone();
  }

  private void move(Random random, int tid, int pid) throws ErrnoException {
    Cgroup to = any(random, groups);
    if (random.nextBoolean()) {
      tree.attach(to, tid, THREAD, ROOT);
      expected.put(tid, to);
    } else {
      tree.attach(to, tid, PROCESS, ROOT);
      for (int each : proc.threads(pid)) {
        expected.computeIfPresent(each, (id, before) -> to);
      }
    }
  }

  private void exec(Random random, int tid, int pid) {
    Cgroup where = expected.get(tid);
    if (tid != pid) {
      proc.execByThread(tid, "exec");
    } else if (random.nextBoolean()) {
      proc.execSetuid(pid, "sudo");
    } else {
      proc.exec(pid, "exec");
    }
    expected.put(pid, where);
  }

  private void end(Random random, int tid, int pid) {
    switch (random.nextInt(3)) {
      case 0 -> proc.exit(pid);
      case 1 -> proc.kill(pid);
      default -> {
        if (tid == pid) {
          proc.endThread(pid);
        } else {
          proc.endAndReapThread(tid);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyThreadIsWhereTheKernelHasIt(long seed) throws ErrnoException {
    begin();
    Random random = new Random(seed);
    for (int step = 0; step < 1000; step++) {
      step(random);
      if (random.nextInt(20) == 0) {
        assertMembers("seed " + seed + " step " + step);
      }
    }
    assertMembers("seed " + seed + " end");
    assertThat(membership.size()).isLessThanOrEqualTo(proc.livingThreads().size());
  }

  private void assertMembers(String where) {
    for (Cgroup group : groups) {
      int[] tids =
          expected.keySet().stream()
              .filter(tid -> expected.get(tid) == group)
              .mapToInt(Integer::intValue)
              .sorted()
              .toArray();
      int[] pids = Arrays.stream(tids).map(proc::processOf).sorted().distinct().toArray();
      assertThat(membership.list(group, THREAD)).as("%s in %s", where, group).isEqualTo(tids);
      assertThat(membership.list(group, PROCESS)).as("%s in %s", where, group).isEqualTo(pids);
      assertThat(membership.isPopulated(group)).as(where).isEqualTo(tids.length > 0);
    }
  }

  @Test
  void manyThreadsAtOnce() throws Exception {
    begin();
    int shell = proc.run(FakeProc.INIT, "sh");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Map<Cgroup, Future<?>> running = new HashMap<>();
    for (Cgroup group : groups.subList(1, 5)) {
      running.put(
          group,
          pool.submit(
              () -> {
                for (int i = 0; i < 500; i++) {
                  int job = proc.run(shell, "job");
                  tree.attach(group, job, PROCESS, ROOT);
                  int child = proc.run(job, "child");
                  proc.kill(job);
                  assertThat(membership.isPopulated(group)).isTrue();
                  assertThat(membership.list(group, PROCESS)).containsExactly(child);
                  proc.kill(child);
                }
                return null;
              }));
    }
    for (Future<?> each : running.values()) {
      each.get();
    }
    pool.shutdown();
    for (Cgroup group : groups.subList(1, 5)) {
      assertThat(membership.isPopulated(group)).isFalse();
    }
    assertThat(membership.size()).isZero();
    assertThat(membership.list(tree.root(), PROCESS)).containsExactly(FakeProc.INIT, shell);
  }
}
