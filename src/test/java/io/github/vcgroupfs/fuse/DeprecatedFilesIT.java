package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Syscalls;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a kernel warns of in its log, once a boot, is once a mount in ours: kernel-facts.md, log
 * warnings.
 */
@MountTest
@Tag("jdk")
class DeprecatedFilesIT {
  private static final String KMEM = "memory.kmem.limit_in_bytes";
  private static final List<String> KNOBS =
      List.of(
          KMEM,
          "memory.kmem.tcp.limit_in_bytes",
          "memory.soft_limit_in_bytes",
          "memory.oom_control",
          "memory.move_charge_at_immigrate");

  static Stream<Arguments> profiles() {
    return Stream.of(
        Arguments.of("linux-4.19", List.of()),
        Arguments.of("linux-5.10", List.of(KMEM)),
        Arguments.of("linux-5.16", List.of()), // EOPNOTSUPP, and no word in the log
        Arguments.of("linux-6.18", KNOBS));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void aWriteIsToldOfOnce(String profile, List<String> told) throws Exception {
    try (MountedFs mount = MountedFs.start("--profile", profile)) {
      mount.mkdir("g");
      mount.mkdir("h");
      for (String group : List.of("g", "g", "h")) {
        for (String knob : KNOBS) {
          Syscalls.writeOnce(mount.path(group + "/" + knob), "x"); // refused
          Syscalls.writeOnce(mount.path(group + "/" + knob), "0");
        }
        mount.write(group + "/memory.limit_in_bytes", "1M");
      }
      List<String> warnings =
          mount.log().lines().filter(line -> line.contains(" is deprecated: ")).toList();
      assertThat(warnings).allMatch(line -> line.contains(" WARN [") && line.contains(profile));
      assertThat(warnings.stream().map(line -> line.replaceAll(".*\\] | is deprecated.*", "")))
          .containsExactlyElementsOf(told);
    }
  }
}
