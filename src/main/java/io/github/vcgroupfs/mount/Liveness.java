package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Whether the daemon of a FUSE mount is alive, which is found out by asking the mount. */
enum Liveness {
  /** It answers. */
  ALIVE,
  /** It is gone, and every call on the mount fails. */
  DEAD,
  /** It is there and does not answer. */
  SILENT;

  private static final Duration LIMIT = Duration.ofSeconds(3);

  /**
   * Asks. statfs(2), since the kernel may know the answer to stat(2) by itself: {@code
   * fuse_update_get_attr} in {@code fs/fuse/dir.c}.
   */
  static Liveness of(MountPoint place) throws MountException {
    try {
      int result = Bounded.call("probe", LIMIT, () -> Libc.statfs(place.bytes()));
      return Errno.ENOTCONN.is(result) ? DEAD : ALIVE;
    } catch (TimeoutException e) {
      return SILENT;
    } catch (IOException e) {
      return ALIVE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
  }
}
