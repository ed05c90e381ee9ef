package io.github.vcgroupfs.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.SharedResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The cases over a scratch group of the kernel's own hierarchy, for the profile that is its
 * kernel's.
 */
@Tag("programs")
@ResourceLock(value = SharedResources.KERNEL_HIERARCHY, mode = ResourceAccessMode.READ)
class KernelLtpCasesIT extends LtpCasesSuite {
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/memory");

  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    assumeTrue(
        Files.isWritable(KERNEL.resolve("memory.kmem.tcp.limit_in_bytes")),
        "no cgroup v1 memory hierarchy that this user may use at " + KERNEL);
    String release = release();
    assumeTrue(
        release.startsWith(options.profile().replace("linux-", "") + "."),
        "this kernel is " + release + ", not that of " + options.profile());
    return new ScratchGroup(KERNEL);
  }

  private static String release() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/osrelease"), ISO_8859_1).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
