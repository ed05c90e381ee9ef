package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Sharing;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * rulings.md, small groups: a hundred thousand of them. Generous headroom; the figures are printed.
 */
@Isolated("measures the heap")
@Timeout(120)
class FootprintTest {
  private static final Caller CALLER = new Caller(0, 0, 1);
  private static final int GROUPS = 100_000;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private CgroupFs newFs(MemoryTree tree) {
    return new CgroupFs(
        tree.tree(),
        ServedStandIns.of(tree.tree()),
        SizeMode.EXACT,
        Sharing.byDefault(CALLER),
        Clock.systemUTC(),
        new Faults(0, ms -> {}));
  }

  @Test
  void aHundredThousandGroupsCostAtMost2KibEach() throws Exception {
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    CgroupFs fs = newFs(tree);
    mkdirs(fs, "warm", 0, 5_000);
    long before = usedBytes();
    long first = nanos(() -> mkdirs(fs, "g", 0, GROUPS / 10));
    mkdirs(fs, "g", GROUPS / 10, GROUPS * 9 / 10);
    long last = nanos(() -> mkdirs(fs, "g", GROUPS * 9 / 10, GROUPS));
    long perGroup = (usedBytes() - before) / GROUPS;
    // the times are for the reader: a busy machine is no failure
    System.out.printf(
        "%d groups: %d bytes of heap each; mkdir %d ns at first, %d ns at last%n",
        GROUPS, perGroup, first / (GROUPS / 10), last / (GROUPS / 10));
    assertThat(perGroup).as("bytes a group").isBetween(100L, 2048L);
    assertThat(fs.getattr(Caller.SELF, "/").nlink()).isEqualTo(2 + 5_000 + GROUPS);
  }

  @Test
  void theIdSpaceOfAStrictKernelEnds() throws Exception {
    MemoryTree tree = trees.newTree(Profiles.LWN_2011, new FakeMembership());
    CgroupFs fs = newFs(tree);
    mkdirs(fs, "g", 1, 65_535); // ids 1 to 65535, the root has one
    assertThat(errno(() -> fs.mkdir(CALLER, "/one-more", 0755))).isEqualTo(Errno.ENOSPC);
    fs.rmdir(CALLER, "/g1");
    fs.mkdir(CALLER, "/one-more", 0755);
    assertThat(errno(() -> fs.mkdir(CALLER, "/g1", 0755))).isEqualTo(Errno.ENOSPC);
    assertThat(errno(() -> fs.mkdir(CALLER, "/g2", 0755))).as("taken").isEqualTo(Errno.EEXIST);
  }

  private static void mkdirs(CgroupFs fs, String prefix, int from, int to) throws ErrnoException {
    for (int i = from; i < to; i++) {
      fs.mkdir(CALLER, "/" + prefix + i, 0755);
    }
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) { // the serial collector leaves no dead object in one of four
      System.gc(); // whole and done when it returns, for the collectors that the tests run with
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static long nanos(Work work) throws ErrnoException {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static Errno errno(Work work) {
    try {
      work.run();
      return null;
    } catch (ErrnoException refusal) {
      return refusal.errno();
    }
  }

  private interface Work {
    void run() throws ErrnoException;
  }
}
