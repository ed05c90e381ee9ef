package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Prepares a mount point. It removes dead mounts of this program, refuses if a live one is there,
 * and makes the directory if it is missing. All that can be undone.
 */
public final class PreparedMountPoint {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MAX_STACKED = 1000;
  private static final int STICKY = 01000;

  private final MountPoint place;
  private final Identity identity;
  private final DaemonFinder daemons;

  /** The directories that were made, deepest last. */
  private final List<Path> made = new ArrayList<>();

  private PreparedMountPoint(MountPoint place, Identity identity, DaemonFinder daemons) {
    this.daemons = daemons;
    this.place = place;
    this.identity = identity;
  }

  /**
   * Prepares a mount point.
   *
   * @throws MountException with the reason why it cannot be used; then nothing is left behind
   */
  public static PreparedMountPoint prepare(
      MountPoint place, Identity identity, DaemonFinder daemons) throws MountException {
    PreparedMountPoint prepared = new PreparedMountPoint(place, identity, daemons);
    prepared.clear();
    try {
      Bounded.call("prepare", LIMIT, prepared::makeDirectory);
    } catch (TimeoutException e) {
      throw MountException.failed(
          "%s does not answer%s".formatted(place, prepared.inMount("; it lies in the mount %s")));
    } catch (IOException e) {
      prepared.undo();
      throw MountException.failed(prepared.why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
    return prepared;
  }

  /** Removes the directories that were made, as far as they are empty. */
  public void undo() {
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(made.get(i));
      } catch (IOException e) {
        return; // somebody uses it by now
      }
    }
    made.clear();
  }

  /**
   * Unmounts all dead mounts of this program at the place and above it. It starts with the
   * outermost, because the kernel cannot pass through a dead mount.
   */
  private void clear() throws MountException {
    for (int i = 0; i < MAX_STACKED; i++) {
      MountTable table = MountTable.read();
      Optional<MountPoint> dead = Optional.empty();
      for (MountEntry entry : table.towards(place.bytes())) {
        if (dead.isEmpty() && entry.isOurs() && isDead(MountPoint.of(entry))) {
          dead = Optional.of(MountPoint.of(entry));
        }
      }
      if (dead.isEmpty()) {
        return;
      }
      clear(table, dead.get());
    }
  }

  private boolean isDead(MountPoint where) throws MountException {
    return switch (Liveness.of(where)) {
      case DEAD -> true;
      case ALIVE ->
          throw MountException.failed(
              where.equals(place)
                  ? "a vcgroupfs is mounted on %s already%s".formatted(place, servedBy(where))
                  : "%s lies in the vcgroupfs that is mounted on %s".formatted(place, where));
      case SILENT ->
          throw MountException.failed(
              "the vcgroupfs on %s does not answer%s; to detach it: vcgroupfs umount --force %s"
                  .formatted(where, servedBy(where), where));
    };
  }

  private static void clear(MountTable table, MountPoint where) throws MountException {
    for (MountEntry below : table.below(where.bytes())) {
      if (below.isOurs() && Liveness.of(MountPoint.of(below)) != Liveness.DEAD) {
        throw MountException.failed(
            "a dead vcgroupfs on %s cannot be cleared: a live one is mounted below it, on %s"
                .formatted(where, NativeText.toText(below.mountPoint())));
      }
    }
    UnmountCall.Result result = UnmountCall.unmount(where, false);
    if (result.outcome() == UnmountCall.Outcome.BUSY) {
      result = UnmountCall.unmount(where, true); // what holds it can only get ENOTCONN from it
    }
    if (result.outcome() == UnmountCall.Outcome.REFUSED) {
      throw MountException.failed(
          "a dead vcgroupfs on %s cannot be cleared: %s".formatted(where, result.said()));
    }
  }

  private String servedBy(MountPoint where) {
    return ServingDaemon.of(daemons, where)
        .map(daemon -> " (daemon: %s)".formatted(daemon))
        .orElse("");
  }

  private boolean makeDirectory() throws IOException {
    Path path = place.path();
    if (path.getParent() == null) {
      throw new FileSystemException(path.toString(), null, "the root directory is in use");
    }
    List<Path> missing = new ArrayList<>();
    for (Path at = path; at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(0, at);
    }
    for (Path each : missing) {
      Files.createDirectory(each);
      made.add(each);
    }
    if (!Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "it is no directory");
    }
    requireEmpty(path);
    if (!identity.mayMount()) {
      requireOwned(path);
    }
    return true;
  }

  private static void requireEmpty(Path path) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      if (entries.iterator().hasNext()) {
        throw new FileSystemException(
            path.toString(), null, "it is not empty, and a mount would hide what is in it");
      }
    }
  }

  /** What fusermount asks for: {@code check_perm} in libfuse's {@code util/fusermount.c}. */
  private void requireOwned(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode");
    int owner = (Integer) Files.getAttribute(path, "unix:uid");
    if ((mode & STICKY) != 0 && owner != identity.uid()) {
      throw new FileSystemException(
          path.toString(), null, "it belongs to another user and has the sticky bit");
    }
    if (!Files.isWritable(path)) {
      throw new FileSystemException(path.toString(), null, "this user may not write to it");
    }
  }

  private String why(IOException e) {
    return "%s cannot be the mount point: %s".formatted(place, Reasons.of(e));
  }

  private String inMount(String format) {
    return MountTable.read()
        .fuseAbove(place.bytes() + "/")
        .map(entry -> format.formatted(NativeText.toText(entry.mountPoint())))
        .orElse("");
  }
}
