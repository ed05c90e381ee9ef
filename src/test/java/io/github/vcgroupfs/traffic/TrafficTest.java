package io.github.vcgroupfs.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Sharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one test that runs on the wall clock: that the thread turns the queue. */
class TrafficTest {

  @Test
  @Timeout(30)
  void runsInRealTimeAndEndsWithTheGroup() throws Exception {
    MemoryTree tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(), Membership.NOBODY, System::nanoTime, ModelListener.SILENT);
    MemCgroup web = tree.mkdir(tree.root(), "web");
    tree.setLimit(web, CounterKind.TCP, 1 << 20);
    try (Traffic traffic = Traffic.onWallClock(tree.tree(), Sharing.byDefault(Caller.SELF), 1)) {
      Writer owner = new Writer(Caller.SELF, Sharing.byDefault(Caller.SELF), new Inodes());
      ServedFile file = traffic.files().get(Served.TCP_FLOWS);
      assertThat(file).isNotNull();
      file.write(web.cgroup(), owner, "add f send=max read=0");
      while (tree.usage(web, CounterKind.TCP) == 0) {
        Thread.onSpinWait();
      }
      assertThat(file.read(web.cgroup(), Caller.SELF)).contains("f ");
      tree.rmdir(web);
      assertThat(file.read(web.cgroup(), Caller.SELF)).isEmpty();
      assertThat(tree.machine().socketsAllocated()).isZero();
      assertThatThrownBy(() -> file.write(web.cgroup(), owner, "add f"))
          .isInstanceOfSatisfying(
              ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENODEV));
    }
  }
}
