package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.Preflight;
import io.github.vcgroupfs.os.Libc;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Loads libfuse. That takes about half the time of a start, so it can be done in the background.
 * Thread-safe.
 */
public final class FuseLibrary {
  private final FutureTask<CgroupFuse> loading = new FutureTask<>(FuseLibrary::load);

  /** Starts to load in the background. If that fails, {@link #get} says so. */
  public void beginLoading() {
    Thread thread = new Thread(loading, "load-libfuse");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether libfuse loads, to show it to people. Loads it if nobody has started to. */
  public Preflight.Finding finding() {
    try {
      get();
      return Preflight.libfuse();
    } catch (MountException e) {
      return Preflight.noLibfuse("libfuse.so.2 cannot be loaded");
    }
  }

  /**
   * The object that calls libfuse. Loads libfuse if nobody has started to.
   *
   * @throws MountException if there is no libfuse 2, or one that does not work
   */
  public CgroupFuse get() throws MountException {
    loading.run(); // nothing happens if it runs or has run
    try {
      return loading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LinkageError error) {
        throw MountException.missing(Preflight.noLibfuse(firstLine(error)).sentence());
      }
      throw new IllegalStateException("libfuse cannot be loaded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
  }

  /** The loader goes on for lines about where it looked. */
  private static String firstLine(LinkageError error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("it cannot be loaded");
  }

  private static CgroupFuse load() {
    CgroupFuse fuse = new CgroupFuse();
    fuse.calledBy(new Operations(fuse));
    Libc.load();
    return fuse;
  }
}
