package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.os.ProcReader;
import org.junit.jupiter.api.Test;

/** Whose hierarchy it is, and whether its daemon lives. */
class HierarchyNameTest {
  private final ProcReader proc = new ProcReader("/proc");

  private HierarchyName own() {
    HierarchyName own = HierarchyName.own(proc, -1);
    assertThat(own).isNotNull();
    return own;
  }

  @Test
  void itIsReadAsItIsWritten() {
    assertThat(HierarchyName.parse(own().toString())).isEqualTo(own());
    HierarchyName longest =
        new HierarchyName("4294967295", 4_194_304, 999_999_999_999_999_999L, -1L >>> 4);
    assertThat(HierarchyName.parse(longest.toString())).isEqualTo(longest);
    assertThat(longest.toString().length())
        .as("the kernel's MAX_CGROUP_ROOT_NAMELEN")
        .isLessThan(64);
  }

  @Test
  void othersAreLeftAlone() {
    for (String name :
        new String[] {"systemd", "vcgroupfs-", "vcgroupfs-test-1", "vcgroupfs-1-2-3-"}) {
      assertThat(HierarchyName.parse(name)).as(name).isNull();
    }
  }

  @Test
  void itIsLeftBehindOnceItsProcessIsGone() throws Exception {
    HierarchyName own = own();
    assertThat(own.isLeftBehind(proc)).isFalse();
    assertThat(new HierarchyName(own.namespace(), own.pid(), own.startTime() - 1, 0))
        .as("the id was given again")
        .matches(name -> name.isLeftBehind(proc));
    int pid = (1 << 22) + 1; // above the highest that any kernel gives: no such process
    assertThat(new HierarchyName(own.namespace(), pid, 1, 0).isLeftBehind(proc)).isTrue();
    assertThat(new HierarchyName("1", pid, 1, 0).isLeftBehind(proc))
        .as("in a pid namespace we do not see")
        .isFalse();
  }
}
