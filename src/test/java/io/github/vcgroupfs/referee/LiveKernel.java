package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel of this machine, as far as it can be asked.
 *
 * @param release what {@code uname -r} says
 * @param hierarchy its own hierarchy of a controller
 */
record LiveKernel(String release, Path hierarchy) {
  private static final Path HIERARCHIES = Path.of("/sys/fs/cgroup");
  private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

  /** The kernel of this machine, and where a controller's hierarchy usually is. */
  static LiveKernel of(String controller) {
    try {
      return new LiveKernel(
          Files.readString(RELEASE, ISO_8859_1).strip(), HIERARCHIES.resolve(controller));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RELEASE, e);
    }
  }

  /** Why it cannot be asked, or cannot be compared; empty if it can. */
  String obstacle() {
    try {
      if (!Files.isDirectory(hierarchy) || !Files.getFileStore(hierarchy).type().equals("cgroup")) {
        return "it has no cgroup v1 hierarchy at " + hierarchy;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + hierarchy, e);
    }
    if (!Files.isWritable(hierarchy)) {
      return "this user can make no group in " + hierarchy;
    }
    return Profiles.byId(id()).isEmpty() ? "no profile is that of its version" : "";
  }

  /** A side of the comparison, to be closed. */
  Side side() {
    return new Side(new DirectoryCalls(), hierarchy.toString());
  }

  /** The profile of its version. */
  KernelProfile profile() {
    return Profiles.byId(id()).orElseThrow();
  }

  /** The id that a profile of its version has: {@code linux-6.18}. */
  private String id() {
    return "linux-" + release.replaceFirst("^([0-9]+\\.[0-9]+).*", "$1");
  }
}
