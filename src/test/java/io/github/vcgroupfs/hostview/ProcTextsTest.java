package io.github.vcgroupfs.hostview;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.os.MountTable;
import org.junit.jupiter.api.Test;

/** The texts of a host with v1, of one with v2 only, and of one that has both. */
class ProcTextsTest {
  private static final String PLACE = "/sys/fs/cgroup/memory";

  @Test
  void cgroupsHasTheFourOfV1EnabledAndMounted() {
    assertThat(ProcTexts.cgroups("", ""))
        .isEqualTo(
            """
            #subsys_name\thierarchy\tnum_cgroups\tenabled
            cpuset\t1\t1\t1
            cpu\t2\t1\t1
            cpuacct\t3\t1\t1
            memory\t4\t1\t1
            """);
  }

  @Test
  void whatElseIsMountedStays() {
    String original =
        """
        #subsys_name\thierarchy\tnum_cgroups\tenabled
        cpuset\t0\t9\t1
        cpu\t7\t9\t1
        pids\t1\t9\t1
        net_cls\t0\t9\t1
        blkio\t9\t9\t1
        net_prio\t8\t9\t1
        memory\t0\t9\t0
        """;
    String mounts =
        """
        sysfs /sys sysfs rw 0 0
        cgroup /sys/fs/cgroup/net_prio cgroup rw,net_prio 0 0
        tmpfs /sys/fs/cgroup tmpfs rw 0 0
        cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0
        cgroup2 /sys/fs/cgroup/unified cgroup2 rw,nsdelegate 0 0
        """;
    assertThat(ProcTexts.cgroups(original, mounts))
        .isEqualTo(
            """
            #subsys_name\thierarchy\tnum_cgroups\tenabled
            cpuset\t2\t9\t1
            cpu\t7\t9\t1
            pids\t1\t9\t1
            memory\t4\t9\t1
            cpuacct\t3\t1\t1
            """);
  }

  /** As bubblewrap leaves them: the host's are bound, and a tmpfs lies around them. */
  @Test
  void hierarchiesThatLieUnderAnotherMountAreNotTold() {
    String original =
        """
        /dev/vda / ext4 rw 0 0
        cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0
        cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
        tmpfs /sys/fs/cgroup tmpfs rw 0 0
        cgroup /sys/fs/cgroup/freezer cgroup rw,freezer 0 0
        overlay / overlay rw 0 0
        """;
    assertThat(ProcTexts.mounts(original, PLACE))
        .doesNotContain("pids", "cgroup2")
        .contains("cgroup /sys/fs/cgroup/freezer cgroup rw,freezer 0 0\n");
  }

  @Test
  void aProcessOnV2IsInTheFourToo() {
    assertThat(ProcTexts.cgroup("0::/user.slice/session-1.scope\n", "web/api"))
        .isEqualTo(
            """
            4:memory:/web/api
            3:cpuacct:/
            2:cpu:/
            1:cpuset:/
            0::/user.slice/session-1.scope
            """);
  }

  @Test
  void onV1OnlyThePathOfMemoryIsOurs() {
    String original =
        """
        11:name=systemd:/init.scope
        7:memory:/real/path
        3:cpu,cpuacct:/real/path
        2:cpuset:/
        0::/x:y
        """;
    assertThat(ProcTexts.cgroup(original, "/web"))
        .isEqualTo(original.replace("7:memory:/real/path", "7:memory:/web"));
  }

  @Test
  void idsThatAreAddedAreNotTakenYet() {
    assertThat(ProcTexts.cgroup("4:pids:/\n1:cpu:/a\n", "/"))
        .isEqualTo("5:memory:/\n3:cpuacct:/\n2:cpuset:/\n4:pids:/\n1:cpu:/a\n");
  }

  @Test
  void aLineThatIsNoneIsLeftOut() {
    assertThat(ProcTexts.cgroup("nonsense\n", "g")).doesNotContain("nonsense");
    assertThat(ProcTexts.mounts("nonsense\n", PLACE)).doesNotContain("nonsense");
  }

  @Test
  void mountsOfAHostWithV2Only() {
    String original =
        """
        sysfs /sys sysfs rw 0 0
        cgroup2 /sys/fs/cgroup cgroup2 rw 0 0
        tmpfs /sys/fs/cgroup tmpfs rw 0 0
        cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
        vcgroupfs /tmp/m fuse.cgroup rw,user_id=0 0 0
        vcgroupfs /sys/fs/cgroup/memory fuse.cgroup rw,user_id=0 0 0
        """;
    assertThat(ProcTexts.mounts(original, PLACE))
        .isEqualTo(
            """
            sysfs /sys sysfs rw 0 0
            tmpfs /sys/fs/cgroup tmpfs rw 0 0
            cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
            vcgroupfs /tmp/m fuse.cgroup rw,user_id=0 0 0
            cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
            cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
            cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0
            cgroup /sys/fs/cgroup/cpuacct cgroup rw,relatime,cpuacct 0 0
            """);
  }

  @Test
  void mountsOfAHostWithV1HaveOneMemoryHierarchyAndNoControllerTwice() {
    String original =
        """
        cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0
        cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0
        cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0
        vcgroupfs /sys/fs/cgroup/memory fuse.cgroup rw 0 0
        """;
    assertThat(ProcTexts.mounts(original, PLACE))
        .isEqualTo(
            """
            cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0
            cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
            cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0
            """);
  }

  @Test
  void mountinfoKeepsWhatTheKernelSaysOfOurMount() {
    String original =
        """
        21 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
        30 21 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate
        41 30 0:50 /web /sys/fs/cgroup/memory rw,nosuid - fuse.cgroup vcgroupfs rw,user_id=0
        """;
    assertThat(ProcTexts.mountinfo(original, PLACE))
        .isEqualTo(
            """
            21 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
            30 21 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate
            41 30 0:50 /web /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            42 30 0:42 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            43 30 0:43 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
            44 30 0:44 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
            """);
  }

  /** A container that is to find it where its text says, before it is bound there. */
  @Test
  void aPlaceWhereNothingIsMountedYet() {
    assertThat(ProcTexts.mountinfo("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n", "/cg root/memory"))
        .startsWith("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n22 21 0:22 / /cg\\040root/memory rw,")
        .contains(" /cg\\040root/cpu rw,");
  }

  @Test
  void theMemoryMountsOfTheKernelAreFound() {
    String text =
        """
        30 21 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        31 21 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu
        32 21 0:26 /a /other rw master:3 - cgroup cgroup rw,memory
        33 21 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        34 21 0:50 / /tmp/m rw - fuse.cgroup vcgroupfs rw
        """;
    assertThat(ProcTexts.memoryMounts(MountTable.parse(text))).containsExactly(PLACE, "/other");
  }
}
