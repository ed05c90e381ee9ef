package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.ControllerFs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hierarchies with several controllers, and all hierarchies that a kernel can have. */
class JointHierarchiesTest {
  /** {@code include/linux/cgroup_subsys.h}. */
  private static final List<String> SUBSYSTEMS =
      List.of(
          "cpuset",
          "cpu",
          "cpuacct",
          "blkio",
          "memory",
          "devices",
          "freezer",
          "net_cls",
          "perf_event",
          "net_prio",
          "hugetlb",
          "pids");

  static List<KernelProfile> profiles() {
    return Profiles.all();
  }

  private static List<HierarchySpec> parse(String text) throws Exception {
    return HierarchyList.parse(text, Profiles.byId("linux-6.18").orElseThrow());
  }

  @Test
  void theListIsInTheOrderOfTheKernel() {
    List<String> names = Controllers.ALL.stream().map(ControllerKind::name).toList();
    List<String> ours = new ArrayList<>(SUBSYSTEMS);
    ours.retainAll(names);
    assertThat(names).isEqualTo(ours);
  }

  /** As distributions name it, and as {@code /proc/mounts} lists its options. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "net_cls+net_prio",
        "(net_cls,net_prio)",
        "net_prio+net_cls",
        "(net_prio net_cls)"
      })
  void aJointHierarchyHasOneNameAndALinkForEachController(String text) throws Exception {
    assertThat(parse(text))
        .singleElement()
        .satisfies(
            spec -> {
              assertThat(spec.directory()).isEqualTo("net_cls,net_prio");
              assertThat(spec.links()).containsExactly("net_cls", "net_prio");
            });
  }

  @Test
  void aJointHierarchyHasTheFilesOfAllItsControllers() throws Exception {
    ControllerFs fs = new ControllerFs("linux-6.18", "(blkio,memory,pids)", Machine.TWO_PROCESSORS);
    assertThat(fs.files(false))
        .contains("blkio.bfq.weight", "memory.limit_in_bytes", "pids.max", "tasks")
        .doesNotHaveDuplicates();
    fs.mkdir("a");
    fs.write("a/pids.max", "7");
    fs.write("a/blkio.throttle.read_bps_device", "8:0 100");
    assertThat(fs.read("a/pids.max")).isEqualTo("7\n");
    assertThat(fs.read("a/blkio.throttle.read_bps_device")).isEqualTo("8:0 100\n");
  }

  /** Each controller by itself, and a hierarchy for systemd that has none. */
  @ParameterizedTest
  @MethodSource("profiles")
  void allAreThoseOfTheKernelAndSystemd(KernelProfile profile) throws Exception {
    List<String> wanted = new ArrayList<>();
    Controllers.of(profile).forEach(each -> wanted.add(each.name()));
    wanted.add("systemd");
    List<HierarchySpec> all = HierarchyList.parse("all", profile);
    assertThat(all).extracting(HierarchySpec::directory).isEqualTo(wanted);
    assertThat(all.get(all.size() - 1).controllers()).isEmpty();
    assertThat(wanted).contains("blkio", "memory", "net_cls", "perf_event");
  }
}
