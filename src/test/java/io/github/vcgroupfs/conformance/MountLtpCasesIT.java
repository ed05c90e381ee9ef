package io.github.vcgroupfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The cases over real mounts, one for each profile, each test in a group of its own. */
@EnabledIfFuseAvailable
@ResourceLock("MountLtpCasesIT.MOUNTS")
class MountLtpCasesIT extends LtpCasesSuite {
  private static final Map<String, MountedFs> MOUNTS = new HashMap<>();

  /** {@code --membership}. */
  String membership() {
    return "auto";
  }

  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new ScratchGroup(MOUNTS.computeIfAbsent(options.profile(), this::start).root());
  }

  private MountedFs start(String profile) {
    try {
      return MountedFs.start("--profile", profile, "--membership", membership(), "--strict");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @AfterAll
  static void unmountAll() throws Exception {
    for (MountedFs mount : MOUNTS.values()) {
      assertThat(mount.log()).doesNotContain(" ERROR ");
      mount.close();
    }
    MOUNTS.clear();
  }
}
