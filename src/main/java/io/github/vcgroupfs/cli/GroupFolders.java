package io.github.vcgroupfs.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Groups of a mounted hierarchy as {@code run} needs them, through their files. */
final class GroupFolders {
  private GroupFolders() {}

  /** Refuses a place where no hierarchy can be read. */
  static void requireHierarchy(Path root, MountPoint place) throws MountException {
    Path file = root.resolve(CoreFile.PROCS.fileName());
    try {
      Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MountException(
          MountException.Kind.FAILED,
          "no hierarchy is mounted on %s: %s: %s; to mount one: vcgroupfs mount %s"
              .formatted(place, file, Reasons.of(e), place));
    }
  }

  /** Makes a process a member of a group. */
  static void join(Path folder, long pid) throws MountException {
    Path file = folder.resolve(CoreFile.PROCS.fileName());
    try {
      makeGroups(folder);
      Files.write(file, Long.toString(pid).getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new MountException(
          MountException.Kind.FAILED,
          "cannot join the group %s: %s".formatted(folder, Reasons.of(e)));
    }
  }

  /** Groups that a process can be in: with the processors of their parents, where that matters. */
  private static void makeGroups(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = Objects.requireNonNull(folder.getParent());
    makeGroups(parent);
    Path inherit = parent.resolve(CoreFile.CLONE_CHILDREN.fileName());
    if (!Files.exists(inherit)) {
      Files.createDirectory(folder);
      return;
    }
    byte[] before = Files.readAllBytes(inherit);
    Files.write(inherit, "1".getBytes(ISO_8859_1));
    try {
      Files.createDirectory(folder);
    } finally {
      Files.write(inherit, before);
    }
    Files.write(folder.resolve(CoreFile.CLONE_CHILDREN.fileName()), before);
  }
}
