package io.github.vcgroupfs.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a test needs of the machine besides a mount: programs, which {@code mount-scripts/verify}
 * installs. Without them it is skipped; with {@code -Dvcgroupfs.fuse.required=true} it fails, as
 * under {@link EnabledIfFuseAvailable}, so that CI cannot pass for nothing.
 */
public final class Needs {
  private Needs() {}

  /** All of these are on PATH. */
  public static void programs(String... names) {
    List<String> missing = Arrays.stream(names).filter(name -> !isOnPath(name)).toList();
    that(missing.isEmpty(), String.join(", ", missing) + " not installed");
  }

  /** Anything else that whoever runs the tests can mend. */
  public static void that(boolean holds, String otherwise) {
    if (!holds && Boolean.getBoolean("vcgroupfs.fuse.required")) {
      fail("vcgroupfs.fuse.required is set, but " + otherwise);
    }
    assumeTrue(holds, otherwise);
  }

  private static boolean isOnPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
