package io.github.vcgroupfs.referee;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Our hierarchy of a kernel's profile, {@code --strict}: a mount, or in memory without FUSE. */
final class Ours implements AutoCloseable {
  private final Calls calls;
  private final String root;
  private final Action ending;

  private Ours(Calls calls, String root, Action ending) {
    this.calls = calls;
    this.root = root;
    this.ending = ending;
  }

  /** Whether this build has that controller. */
  static boolean has(String controller) {
    return controller.equals("memory");
  }

  /** Why there can be no mount whose answers are those of root; empty if there can. */
  static String obstacle() {
    Path device = Path.of("/dev/fuse");
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      return device + " cannot be opened";
    }
    return System.getProperty("user.name").equals("root") ? "" : "the recordings are root's";
  }

  /** Without FUSE. */
  static Ours inMemory(KernelProfile profile) {
    return new Ours(new MemoryCalls(profile), "", () -> {});
  }

  /** A daemon of its own behind a mount, in a directory that other users may enter. */
  static Ours mounted(KernelProfile profile) {
    try {
      Path folder = Files.createTempDirectory("vcgroupfs-referee").toRealPath();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path place = folder.resolve("mnt");
      MountedFs mount = MountedFs.at(place, "--profile", profile.id(), "--strict");
      return new Ours(
          new DirectoryCalls(),
          place.toString(),
          () -> {
            mount.close();
            Files.deleteIfExists(place); // there, if the daemon found it there
            Files.delete(folder);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("no mount", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A new side of the comparison, to be closed. */
  Side side() {
    return new Side(calls, root);
  }

  @Override
  public void close() {
    try {
      ending.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the mount does not end well", e);
    }
  }

  private interface Action {
    void run() throws IOException;
  }
}
