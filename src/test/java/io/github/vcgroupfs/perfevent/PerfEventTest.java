package io.github.vcgroupfs.perfevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.testing.ControllerFs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A controller without files, and a hierarchy without a controller, have the core files only. */
class PerfEventTest {
  @ParameterizedTest
  @ValueSource(strings = {"perf_event", "name=systemd"})
  void onlyCoreFiles(String hierarchy) throws Exception {
    List<String> group =
        List.of("tasks", "cgroup.procs", "notify_on_release", "cgroup.clone_children");
    ControllerFs fs = new ControllerFs("linux-6.18", hierarchy, Machine.TWO_PROCESSORS);
    assertThat(fs.files(false)).isEqualTo(group);
    assertThat(fs.files(true))
        .containsExactlyInAnyOrder(
            "tasks",
            "cgroup.procs",
            "notify_on_release",
            "cgroup.clone_children",
            "cgroup.sane_behavior",
            "release_agent");
  }

  /** Until 3.13 events are of core. */
  @ParameterizedTest
  @ValueSource(strings = {"perf_event", "name=systemd"})
  void oldCoreFiles(String hierarchy) throws Exception {
    ControllerFs fs = new ControllerFs("linux-3.3", hierarchy, Machine.TWO_PROCESSORS);
    assertThat(fs.files(false))
        .containsExactly(
            "tasks",
            "cgroup.procs",
            "notify_on_release",
            "cgroup.event_control",
            "cgroup.clone_children");
    assertThat(fs.files(true)).contains("release_agent").doesNotContain("cgroup.sane_behavior");
  }
}
