package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand behind {@code --controllers}. */
class HierarchyListTest {
  private static final KernelProfile KERNEL = Profiles.byId("linux-6.18").orElseThrow();

  private static List<String> directories(String text) throws Exception {
    return HierarchyList.parse(text, KERNEL).stream().map(HierarchySpec::directory).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory                     | memory",
        "name=systemd               | systemd",
        "memory,name=a              | memory a",
        "memory , name=a , name=b-1 | memory a b-1",
        "(memory) name=a            | memory a",
      })
  void namesAreReadInTheirOrder(String text, String directories) throws Exception {
    assertThat(directories(text)).containsExactly(directories.split(" "));
  }

  @Test
  void allAreThoseOfTheKernelAndSystemd() throws Exception {
    List<String> all = directories("all");
    assertThat(all.subList(0, all.size() - 1))
        .isEqualTo(Controllers.of(KERNEL).stream().map(ControllerKind::name).toList());
    assertThat(all).endsWith("systemd");
  }

  @Test
  void aNamedHierarchyHasNoController() throws Exception {
    HierarchySpec named = HierarchyList.parse("name=x", KERNEL).get(0);
    assertThat(named.controllers()).isEmpty();
    assertThat(named.links()).isEmpty();
    assertThat(named.has("memory")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ,",
        "cpuu",
        "memory,memory",
        "memory+memory",
        "(memory",
        "memory)",
        "name=",
        "name=a/b",
        "name=memory,memory",
        "name=a,name=a",
        "all,memory",
        "memory+",
        "memory+name=a"
      })
  void whatMakesNoSenseIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> HierarchyList.parse(text, KERNEL))
        .isInstanceOf(HierarchyList.BadListException.class)
        .hasMessageMatching("(?s).{8,}[:;,.] .{4,}");
  }
}
