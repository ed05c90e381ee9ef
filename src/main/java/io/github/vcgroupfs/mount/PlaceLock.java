package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.NativeText;
import java.nio.file.Path;

/**
 * Prevents two daemons from mounting on the same place at the same time. It is an flock(2) on the
 * directory above, and is released when the process ends. If the lock cannot be had, the mount goes
 * on without it.
 */
public final class PlaceLock implements AutoCloseable {
  private static final int TRIES = 250;
  private static final int PAUSE_MS = 40;

  private final int fd;

  private PlaceLock(int fd) {
    this.fd = fd;
  }

  /** Waits for the lock, ten seconds at most. */
  public static PlaceLock of(MountPoint place) throws MountException {
    Path above = place.path().getParent();
    if (above == null) {
      return new PlaceLock(-1);
    }
    int fd = Libc.open(NativeText.toBytes(above.toString()));
    if (fd < 0) {
      return new PlaceLock(-1); // not there yet, or not to be read
    }
    try {
      for (int i = 0; i < TRIES && Errno.EAGAIN.is(Libc.flock(fd, Libc.LOCK_EX_NB)); i++) {
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Libc.close(fd);
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
    return new PlaceLock(fd);
  }

  @Override
  public void close() {
    if (fd >= 0) {
      Libc.close(fd);
    }
  }

  @Override
  public String toString() {
    return fd >= 0 ? "locked" : "not locked";
  }
}
