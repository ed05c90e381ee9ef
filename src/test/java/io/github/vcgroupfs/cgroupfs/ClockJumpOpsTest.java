package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall clock is set, forward and back, while a mount is up: file times follow it. */
class ClockJumpOpsTest {
  private static final Caller ROOT = new Caller(0, 0, 100);

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  /** A wall clock that somebody sets. */
  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2011-12-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    long jump(Duration by) {
      now = now.plus(by);
      return now.getEpochSecond() * 1_000_000_000L;
    }
  }

  @Test
  void fileTimesFollowAWallClockThatIsSet() throws Exception {
    SetClock clock = new SetClock();
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    CgroupFs fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.EXACT,
            ROOT,
            clock,
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    long madeNs = clock.jump(Duration.ZERO);
    fs.mkdir(ROOT, "/g", 0755); // mkdir g
    for (Duration by : new Duration[] {Duration.ofDays(400), Duration.ofDays(-20_000)}) {
      long nowNs = clock.jump(by); // the second one is before 1970
      fs.mkdir(ROOT, "/new", 0755); // mkdir new
      assertThat(fs.getattr(ROOT, "/new").times())
          .isEqualTo(new Attributes.Times(nowNs, nowNs, nowNs));
      fs.chmod(ROOT, "/g", 0700); // chmod 700 g
      assertThat(fs.getattr(ROOT, "/g").times())
          .isEqualTo(new Attributes.Times(madeNs, madeNs, nowNs));
      fs.rmdir(ROOT, "/new"); // rmdir new
    }
    fs.rmdir(ROOT, "/g"); // rmdir g
  }
}
