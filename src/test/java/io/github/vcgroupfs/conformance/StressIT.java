package io.github.vcgroupfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.memcg.counter.Threads;
import io.github.vcgroupfs.testing.DaemonHeap;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thirty-two threads of random operations on one mount, with traffic and with processes that are
 * moved about. When they have stopped all invariants hold, and when the groups are gone nothing is
 * left of them: no memory, no handle, no object.
 *
 * <p>It takes some seconds, or as many as {@code -Dvcgroupfs.stress.seconds=N} says.
 */
@MountTest
@Isolated("its many threads want every processor")
@Tag("jdk")
@Tag("single-cpu")
class StressIT {
  private static final int DEFAULT_SECONDS = 2;
  private static final int WARM_UP_SECONDS = 2;
  private static final int THREADS = 32;
  private static final int SLEEPERS = 4;

  /** A leak of three bytes an operation is more than this in a minute; the journal is less. */
  private static final long MAX_GROWTH_BYTES = 256 << 10;

  private static final String GROUP = "io.github.vcgroupfs.cgroup.Cgroup";
  private static final String MEMORY_OF_GROUP = "io.github.vcgroupfs.memcg.MemCgroup";
  private static final int MAX_LOOKS = 20;
  private static final int PAUSE_MS = 500;

  private final List<Process> sleepers = new ArrayList<>();
  private final ConcurrentMap<Integer, LongAdder> answers = new ConcurrentHashMap<>();
  private MountedFs mount;

  @AfterEach
  void stop() throws Exception {
    for (Process each : sleepers) {
      each.destroyForcibly().waitFor();
    }
    if (mount != null) {
      mount.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lwn-2011", "linux-6.18"})
  @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nothingIsWrongAfterItAndNothingIsLeft(String profile) throws Exception {
    long seed = Long.getLong("vcgroupfs.seed", 20111206L);
    long seconds = Long.getLong("vcgroupfs.stress.seconds", DEFAULT_SECONDS);
    mount = MountedFs.start("--profile", profile);
    for (int i = 0; i < SLEEPERS; i++) {
      sleepers.add(new ProcessBuilder("sleep", "1000").start());
    }
    StressTree tree = new StressTree(mount);
    DaemonHeap daemon = new DaemonHeap(mount.daemon().pid());

    operate(seed, WARM_UP_SECONDS); // fills what is bounded, such as the journal
    tree.settle();
    tree.clear();
    DaemonHeap.Figures before = daemon.afterFullGc();
    long filesBefore = daemon.openFiles();

    answers.clear();
    operate(seed + 1, seconds);
    tree.settle();
    tree.checkInvariants();
    tree.clear();
    DaemonHeap.Figures after = whenGroupsAreGone(daemon);

    System.out.printf(
        "%s: seed %d, %d s, %d operations: %s; live heap %d before, %d after, %+d bytes%n",
        profile,
        seed,
        seconds,
        answers.values().stream().mapToLong(LongAdder::sum).sum(),
        new TreeMap<>(answers),
        before.bytes(),
        after.bytes(),
        after.bytes() - before.bytes());
    tree.checkEmpty();
    assertThat(after.instances(GROUP)).as("the root, in %s", after.ours()).isOne();
    assertThat(after.instances(MEMORY_OF_GROUP)).as("of the root").isOne();
    assertThat(after.instances("io.github.vcgroupfs.cgroupfs.OpenFile")).as("handles").isZero();
    assertThat(after.bytes() - before.bytes())
        .as("growth: %s", after.growthSince(before))
        .isLessThan(MAX_GROWTH_BYTES);
    assertThat(daemon.openFiles()).as("descriptors of the daemon").isEqualTo(filesBefore);
    assertThat(mount.log().lines())
        .filteredOn(line -> !line.contains("is deprecated"))
        .noneMatch(line -> line.matches("[^\\[]* (ERROR|WARN) \\[.*"));
  }

  /** A group stays for a while in the last look at /proc, and in a timer of a connection. */
  private DaemonHeap.Figures whenGroupsAreGone(DaemonHeap daemon) throws Exception {
    DaemonHeap.Figures figures = daemon.afterFullGc();
    for (int i = 0; i < MAX_LOOKS && figures.instances(GROUP) > 1; i++) {
      Thread.sleep(PAUSE_MS);
      assertThat(mount.read("cgroup.procs")).isNotEmpty();
      figures = daemon.afterFullGc();
    }
    return figures;
  }

  private void operate(long seed, long seconds) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    Threads.run(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(seed * 100 + thread);
          RandomOperation operation = new RandomOperation(mount, random, sleepers);
          while (System.nanoTime() - endNs < 0) {
            int answer = Math.min(operation.run(), 0);
            answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
          }
        });
    // ENOSYS, ENOTCONN, ECONNABORTED, ETIMEDOUT: the daemon is gone or answers nonsense
    assertThat(answers).containsKey(0).doesNotContainKeys(-38, -107, -103, -110);
  }
}
