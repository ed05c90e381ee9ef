package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * One attempt to unmount the topmost mount of a mount point: umount2(2), or fusermount if this
 * process may not. If it is busy, the caller decides what to do. Has no state.
 */
public final class UnmountCall {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private UnmountCall() {}

  /** How an attempt ended. */
  public enum Outcome {
    DONE,
    /** Somebody uses the mount. */
    BUSY,
    /** Nothing is mounted there. */
    ABSENT,
    /** Neither umount2(2) nor fusermount works. */
    REFUSED
  }

  /**
   * How an attempt ended, and what was said about it.
   *
   * @param outcome how it ended
   * @param said for people; empty if it worked
   */
  public record Result(Outcome outcome, String said) {}

  /**
   * Tries to unmount.
   *
   * @param detach whether to take it out of the tree even if it is busy; processes that use it can
   *     go on using it
   */
  public static Result unmount(MountPoint place, boolean detach) {
    try {
      return Bounded.call("unmount", LIMIT, () -> tryBoth(place, detach));
    } catch (TimeoutException e) {
      return new Result(Outcome.REFUSED, "unmounting takes too long");
    } catch (IOException e) {
      return new Result(Outcome.REFUSED, Reasons.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(Outcome.REFUSED, "interrupted");
    }
  }

  private static Result tryBoth(MountPoint place, boolean detach) throws IOException {
    int flags = Libc.UMOUNT_NOFOLLOW | (detach ? Libc.MNT_DETACH : 0);
    int result = Libc.umount2(place.bytes(), flags);
    if (result == 0) {
      return new Result(Outcome.DONE, "");
    }
    if (Errno.EBUSY.is(result)) {
      return new Result(Outcome.BUSY, "it is in use");
    }
    if (Errno.EINVAL.is(result) || Errno.ENOENT.is(result)) {
      return new Result(Outcome.ABSENT, "nothing is mounted there");
    }
    return Errno.EPERM.is(result)
        ? fusermount(place, detach)
        : new Result(Outcome.REFUSED, "umount2(2) fails: " + Libc.text(result));
  }

  /** The helper with the rights, for the user who mounted. */
  private static Result fusermount(MountPoint place, boolean detach) throws IOException {
    Optional<Path> program = Programs.find("fusermount", "fusermount3");
    if (program.isEmpty()) {
      return new Result(
          Outcome.REFUSED, "only root may unmount without fusermount, which is missing");
    }
    List<String> command = new ArrayList<>(List.of(program.get().toString(), "-u"));
    if (detach) {
      command.add("-z");
    }
    command.addAll(List.of("--", place.toString()));
    try {
      Programs.Outcome outcome = Programs.run(command);
      if (outcome.status() == 0) {
        return new Result(Outcome.DONE, "");
      }
      boolean busy = outcome.said().contains("busy");
      return new Result(busy ? Outcome.BUSY : Outcome.REFUSED, outcome.said());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(Outcome.REFUSED, "interrupted");
    }
  }
}
