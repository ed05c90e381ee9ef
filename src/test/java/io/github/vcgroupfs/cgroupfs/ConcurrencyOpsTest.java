package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.memcg.ModelInvariants;
import io.github.vcgroupfs.memcg.counter.Threads;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Any call, any order, any number of threads: only errnos come out, and the model holds after it.
 */
@Timeout(120)
class ConcurrencyOpsTest {
  private static final Caller CALLER = new Caller(0, 0, 1);
  private static final OpenFlags PLAIN = new OpenFlags(false, false);
  private static final int THREADS = 8;
  private static final List<String> DIRECTORIES =
      List.of("/a", "/b", "/a/a", "/a/b", "/b/a", "/a/a/a", "/a/b/c", "/b/a/a");
  private static final List<String> TEXTS =
      List.of("0", "1", "4096", "64K", "1M", "-1", "2M", "x", "\n", "9223372036854775807", "1 2 3");

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  @RepeatedTest(5)
  void eightThreadsOfRandomOperationsLeaveTheModelWhole(
      org.junit.jupiter.api.RepetitionInfo repetition, TestInfo info) {
    long seed = Long.getLong("vcgroupfs.seed", 20111206L) + repetition.getCurrentRepetition();
    System.out.printf(
        "%s: seed %d (-Dvcgroupfs.seed=N for another)%n", info.getDisplayName(), seed);
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    CgroupFs fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.EXACT,
            Sharing.byDefault(CALLER),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    Set<Errno> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger succeeded = new AtomicInteger();
    Threads.run(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(seed * 100 + thread);
          for (int i = 0; i < 4_000; i++) {
            try {
              operate(fs, random);
              succeeded.incrementAndGet();
            } catch (ErrnoException refusal) {
              seen.add(refusal.errno());
            }
          }
        });
    assertThat(succeeded.get()).isGreaterThan(THREADS * 500);
    assertThat(seen)
        .contains(Errno.ENOENT, Errno.EEXIST, Errno.EBUSY, Errno.EINVAL, Errno.ENOMEM)
        .isSubsetOf(
            EnumSet.of(
                Errno.ENOENT,
                Errno.EEXIST,
                Errno.EBUSY,
                Errno.EINVAL,
                Errno.ENOMEM,
                Errno.ENODEV,
                Errno.ENOTDIR,
                Errno.EIO,
                Errno.E2BIG,
                Errno.ESRCH,
                Errno.EISDIR));
    ModelInvariants.check(tree);
    removeAll(fs, tree);
    ModelInvariants.check(tree);
    assertThat(tree.tcpBranch().users()).isZero();
    assertThat(tree.kmemBranch().users()).isZero();
    assertThat(tree.root().kmem().usage()).isZero();
  }

  private static void operate(CgroupFs fs, SplittableRandom random) throws ErrnoException {
    String directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
    switch (random.nextInt(10)) {
      case 0, 1 -> fs.mkdir(CALLER, directory, 0755);
      case 2 -> fs.rmdir(CALLER, directory);
      case 3 -> {
        String other = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
        fs.rename(CALLER, directory, other);
      }
      case 4 -> fs.getattr(Caller.SELF, directory);
      case 5 -> fs.chmod(CALLER, directory + "/tasks", 0600);
      case 6 -> {
        long handle = fs.opendir(Caller.SELF, directory);
        fs.readdir(handle);
        fs.releasedir(handle);
      }
      default -> readOrWrite(fs, random, directory);
    }
  }

  private static void readOrWrite(CgroupFs fs, SplittableRandom random, String directory)
      throws ErrnoException {
    String file = FILES[random.nextInt(FILES.length)];
    long handle = fs.open(CALLER, directory + "/" + file, PLAIN);
    try {
      if (random.nextInt(4) == 0) {
        fs.read(CALLER, handle, 0, 4096);
      } else {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        fs.write(CALLER, handle, text.getBytes(StandardCharsets.ISO_8859_1));
      }
    } finally {
      fs.release(handle);
    }
  }

  private static final String[] FILES = {
    "memory.usage_in_bytes",
    "memory.usage_in_bytes",
    "memory.kmem.usage_in_bytes",
    "memory.limit_in_bytes",
    "memory.kmem.limit_in_bytes",
    "memory.memsw.limit_in_bytes",
    "memory.independent_kmem_limit",
    "memory.use_hierarchy",
    "memory.use_hierarchy",
    "memory.force_empty",
    "memory.stat",
    "memory.swappiness",
    "kmem.tcp.limit_in_bytes",
    "memory.kmem.tcp.limit_in_bytes",
    "cgroup.procs",
    "sim.why"
  };

  /** Leaves first; what a parent without room refuses to take over is set to 0 before. */
  private static void removeAll(CgroupFs fs, MemoryTree tree) {
    List<MemCgroup> groups = ModelInvariants.groups(tree.root());
    groups.sort(java.util.Comparator.comparingInt((MemCgroup g) -> g.path().length()).reversed());
    for (MemCgroup group : groups) {
      if (!group.isRoot()) {
        try {
          long handle = fs.open(CALLER, group.path() + "/memory.limit_in_bytes", PLAIN);
          fs.release(handle);
          tree.setLimit(group, io.github.vcgroupfs.memcg.CounterKind.MEMSW, -1L);
          tree.setLimit(group, io.github.vcgroupfs.memcg.CounterKind.MEMORY, -1L);
        } catch (ErrnoException refusal) {
          throw new AssertionError(refusal);
        }
      }
    }
    for (MemCgroup group : groups) {
      if (!group.isRoot()) {
        try {
          fs.rmdir(CALLER, group.path());
        } catch (ErrnoException refusal) {
          throw new AssertionError(refusal);
        }
      }
    }
    assertThat(tree.root().hasChildren()).isFalse();
  }

  /**
   * A write that had found its group when rmdir took it away must not charge what nobody returns.
   */
  @Test
  void aWriteThatRacesWithRmdirLeavesNothingBehind() throws Exception {
    MemoryTree tree = trees.newTree();
    CgroupFs fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.ZERO,
            Sharing.byDefault(CALLER),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    fs.mkdir(CALLER, "/top", 0755);
    write(fs, "/top/memory.use_hierarchy", "1");
    for (int round = 0; round < 300; round++) {
      fs.mkdir(CALLER, "/top/leaf", 0755);
      long usage = fs.open(CALLER, "/top/leaf/memory.kmem.usage_in_bytes", PLAIN);
      long limit = fs.open(CALLER, "/top/leaf/kmem.tcp.limit_in_bytes", PLAIN);
      Threads.run(
          3,
          thread -> {
            try {
              switch (thread) {
                case 0 -> fs.write(CALLER, usage, new byte[] {'4', 'K'});
                case 1 -> fs.write(CALLER, limit, new byte[] {'4', 'K'});
                default -> fs.rmdir(CALLER, "/top/leaf");
              }
            } catch (ErrnoException refusal) {
              assertThat(refusal.errno()).isEqualTo(Errno.ENODEV);
            }
          });
      fs.release(usage);
      fs.release(limit);
      assertThat(MemCgroup.of(tree.tree().find("top")).kmem().usage())
          .as("round %d", round)
          .isZero();
      assertThat(tree.tcpBranch().users()).as("round %d", round).isZero();
    }
  }

  /** A rename that races with rmdir must not bring a removed group back. */
  @Test
  void aRemovedGroupCannotBeRenamedBackIntoTheTree() throws Exception {
    MemoryTree tree = trees.newTree();
    for (int round = 0; round < 300; round++) {
      MemCgroup group = tree.mkdir(tree.root(), "old");
      Threads.run(
          2,
          thread -> {
            try {
              if (thread == 0) {
                tree.rename(group, "new");
              } else {
                tree.rmdir(group);
              }
            } catch (ErrnoException refusal) {
              assertThat(refusal.errno()).isEqualTo(Errno.ENOENT);
            }
          });
      assertThat(tree.root().hasChildren()).as("round %d", round).isFalse();
    }
  }

  private static void write(CgroupFs fs, String path, String text) throws ErrnoException {
    long handle = fs.open(CALLER, path, PLAIN);
    fs.write(CALLER, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    fs.release(handle);
  }
}
