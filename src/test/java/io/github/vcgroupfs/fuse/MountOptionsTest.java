package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.mount.MountPoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** style.md, what libfuse is told. */
class MountOptionsTest {
  private static final MountPoint PLACE = new MountPoint(Path.of("/x"), "/\u00c3\u00a9");

  private static List<String> options(MountOptions options) {
    List<String> arguments = options.arguments(PLACE);
    assertThat(arguments).startsWith("vcgroupfs", "-f", "-o").endsWith("/\u00c3\u00a9");
    return List.of(arguments.get(3).split(",", -1));
  }

  @Test
  void exactSizesAreAskedForEachTime() {
    assertThat(options(new MountOptions(SizeMode.EXACT, false, 4)))
        .contains("attr_timeout=0", "entry_timeout=86400", "negative_timeout=86400")
        .doesNotContain("allow_other");
  }

  @Test
  void withoutSizesTheKernelMayKeepWhatItKnows() {
    assertThat(options(new MountOptions(SizeMode.ZERO, true, 4)))
        .contains(
            "attr_timeout=86400",
            "entry_timeout=86400",
            "allow_other",
            "default_permissions",
            "direct_io",
            "big_writes",
            "use_ino",
            "atomic_o_trunc",
            "hard_remove",
            "fsname=vcgroupfs",
            "subtype=cgroup");
  }
}
