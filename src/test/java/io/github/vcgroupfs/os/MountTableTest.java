package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of mountinfo, as kernels write them. */
class MountTableTest {
  private static final String OURS = " rw,relatime - fuse.cgroup vcgroupfs rw,user_id=0";

  private static MountTable table(String... lines) {
    return MountTable.parse(String.join("\n", lines) + "\n");
  }

  @Test
  void aLineHasAnyNumberOfOptionalFields() {
    MountTable table =
        table(
            "22 26 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw",
            "23 26 0:21 / /proc rw - proc proc rw",
            "24 26 8:1 /sub /mnt rw master:1 propagate_from:2 unbindable - ext4 /dev/sda1 rw",
            "");
    assertThat(table.entries())
        .containsExactly(
            new MountEntry(22, 26, "0:20", "/", "/sys", "rw,nosuid", "sysfs", "sysfs", "rw"),
            new MountEntry(23, 26, "0:21", "/", "/proc", "rw", "proc", "proc", "rw"),
            new MountEntry(24, 26, "8:1", "/sub", "/mnt", "rw", "ext4", "/dev/sda1", "rw"));
  }

  @Test
  void whatIsNoLineIsLeftOut() {
    assertThat(table("", "x", "1 2 3 4 5 6 7 8", "a b 0:1 / /x rw - t s rw").entries()).isEmpty();
  }

  @Test
  void namesAreUnescapedBytes() {
    MountEntry entry =
        table(
                "1 2 0:1 / /a\\040b\\011c\\012d\\134e\\043f\\9\\04\u00c3\u00a9\u00ff rw - t s\\0401 rw")
            .entries()
            .get(0);
    assertThat(entry.mountPoint()).isEqualTo("/a b\tc\nd\\e#f\\9\\04\u00c3\u00a9\u00ff");
    assertThat(entry.source()).isEqualTo("s 1");
  }

  @Test
  void oursAreToldByTypeAndSource() {
    assertThat(table("1 2 0:1 / /x" + OURS).entries().get(0).isOurs()).isTrue();
    assertThat(table("1 2 0:1 / /x rw - fuse.cgroup lxcfs rw").entries().get(0).isOurs()).isFalse();
    MountEntry sshfs = table("1 2 0:1 / /x rw - fuse.sshfs vcgroupfs rw").entries().get(0);
    assertThat(sshfs.isOurs()).isFalse();
    assertThat(sshfs.isFuse()).isTrue();
    assertThat(table("1 2 0:1 / /x rw - fusectl none rw").entries().get(0).mountPoint())
        .isEqualTo("/x");
  }

  @Test
  void ofAStackTheTopIsSeen() {
    MountTable table =
        table(
            "30 1 0:30 / /x" + OURS, "32 31 0:32 / /x rw - tmpfs top rw", "31 30 0:31 / /x" + OURS);
    assertThat(table.top("/x").map(MountEntry::id)).contains(32);
    assertThat(table.top("/y")).isEmpty();
    assertThat(table.at("/x")).hasSize(3);
  }

  @Test
  void onTheWayToAPathTheOutermostComesFirst() {
    MountTable table =
        table(
            "33 32 0:33 / /x/y/z" + OURS,
            "30 1 0:30 / /x" + OURS,
            "31 30 0:31 / /x" + OURS,
            "34 1 0:34 / /xx" + OURS,
            "1 0 8:1 / / rw - ext4 /dev/sda1 rw");
    assertThat(table.towards("/x/y/z")).extracting(MountEntry::id).containsExactly(1, 31, 33);
    assertThat(table.towards("/x/y")).extracting(MountEntry::id).containsExactly(1, 31);
    assertThat(table.below("/x")).extracting(MountEntry::id).containsExactly(33);
    assertThat(table.below("/")).extracting(MountEntry::id).startsWith(33).contains(30, 31, 34);
    assertThat(table.fuseAbove("/x/y/z").map(MountEntry::id)).contains(31);
    assertThat(table.fuseAbove("/y")).isEmpty();
  }

  @Test
  void aMountIsFoundWhereItWasMovedTo() {
    MountEntry before = table("30 1 0:30 / /x" + OURS).entries().get(0);
    assertThat(table("30 1 0:30 / /y" + OURS).now(before).map(MountEntry::mountPoint))
        .contains("/y");
    assertThat(table("30 1 0:31 / /x" + OURS).now(before)).isEqualTo(Optional.empty());
  }

  @Test
  void anEntryIsWrittenAsItWasRead() {
    String line = "24 26 0:31 /a\\040b /c\\011d\\134 rw,relatime - cgroup cgroup rw,memory";
    MountEntry entry = table(line).entries().get(0);
    assertThat(entry.root()).isEqualTo("/a b");
    assertThat(entry.isV1With("memory")).isTrue();
    assertThat(entry.isV1With("mem")).isFalse();
    assertThat(entry.toMountinfo()).isEqualTo(line);
    assertThat(entry.toMounts()).isEqualTo("cgroup /c\\011d\\134 cgroup rw,relatime,memory 0 0");
  }

  @Test
  void theOldTableHasNoIds() {
    MountEntry entry =
        MountEntry.parseMounts("cgroup /c\\040d cgroup rw,relatime,memory 0 0").orElseThrow();
    assertThat(entry.mountPoint()).isEqualTo("/c d");
    assertThat(entry.isV1With("memory")).isTrue();
    assertThat(MountEntry.parseMounts("cgroup /c cgroup")).isEmpty();
  }

  @Test
  void aMountIsFoundByItsId() {
    MountTable table = table("24 26 0:31 / /a" + OURS, "25 26 0:32 / /b" + OURS);
    assertThat(table.byId(25)).map(MountEntry::device).contains("0:32");
    assertThat(table.byId(26)).isEmpty();
  }
}
