package io.github.vcgroupfs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.mount.Bounded;
import io.github.vcgroupfs.mount.DaemonFinder;
import io.github.vcgroupfs.mount.Holders;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.mount.PlaceLock;
import io.github.vcgroupfs.mount.Preflight;
import io.github.vcgroupfs.mount.PreparedMountPoint;
import io.github.vcgroupfs.mount.UnmountCall;
import io.github.vcgroupfs.os.FileTable;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mount, from the beginning to the end. {@link Preflight} and {@link PreparedMountPoint} check
 * before it is tried, {@link CgroupFuse} serves it, and {@link UnmountCall} ends it. This class has
 * the thread that mounts and waits for the end, and does everything in the right order.
 *
 * <p>Thread-safe: a shutdown hook may call {@link #close} while {@link #mount} is still running.
 * There can be one mount in a process: libfuse does not promise more.
 */
public final class FuseMount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FuseMount.class);

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final int BUSY_TRIES = 5;
  private static final int BUSY_PAUSE_MS = 40;

  private final FuseLibrary library;
  private final MountPoint place;
  private final MountOptions options;
  private final Identity identity;
  private final DaemonFinder daemons;

  /** True when libfuse and the kernel have agreed, false when the loop ended without. */
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();

  private final CountDownLatch closed = new CountDownLatch(1);

  @GuardedBy("this")
  private @Nullable Thread loop;

  @GuardedBy("this")
  private @Nullable MountEntry entry;

  @GuardedBy("this")
  private boolean closing;

  /**
   * A mount that is not mounted yet.
   *
   * @param library calls libfuse
   * @param place the mount point
   * @param options what libfuse is told
   * @param identity the user who mounts
   * @param daemons names the daemon of another mount that is in the way
   */
  public FuseMount(
      FuseLibrary library,
      MountPoint place,
      MountOptions options,
      Identity identity,
      DaemonFinder daemons) {
    this.library = library;
    this.place = place;
    this.options = options;
    this.identity = identity;
    this.daemons = daemons;
  }

  /**
   * Mounts, and proves that it works: a stat, a listing and a read through the kernel.
   *
   * @throws MountException if something is missing or fails; then nothing is left behind
   */
  public void mount(FileCalls files) throws MountException {
    library.get();
    Preflight.require(identity, options.allowOther());
    try (PlaceLock lock = PlaceLock.of(place)) {
      LOG.debug("preparing {}, {}", place, lock);
      PreparedMountPoint prepared = PreparedMountPoint.prepare(place, identity, daemons);
      try {
        startLoop(files);
        awaitStart();
        prove(files);
      } catch (MountException | RuntimeException | Error e) {
        close();
        prepared.undo();
        throw e;
      }
    }
    LOG.debug("mounted on {}", place);
  }

  /** {@code major:minor} of the mount's st_dev. Empty before it is mounted. */
  public String device() {
    MountEntry mine = entry();
    return mine == null ? "" : mine.device();
  }

  /** Waits until somebody has unmounted it, or {@link #close} has. */
  public void awaitEnd() throws InterruptedException {
    Thread thread = loop();
    if (thread != null) {
      thread.join();
    }
  }

  /**
   * Unmounts, and waits some seconds at most for the loop to end. A busy mount is detached, that
   * is, taken out of the tree; the log then says who keeps it busy. May be called again, and before
   * the mount is complete.
   */
  @Override
  public void close() {
    boolean first;
    synchronized (this) {
      first = !closing;
      closing = true;
    }
    try {
      if (!first) {
        closed.await(2 * CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (first) {
        closed.countDown();
      }
    }
  }

  /**
   * Does everything that {@link #mount} does, except mounting, to load the classes that it needs.
   * If FUSE is missing, it does as much as it can.
   */
  public void rehearse(FileCalls files) throws MountException {
    whereOnTop();
    Preflight.examine(identity, library.finding(), daemons);
    PreparedMountPoint.prepare(place, identity, daemons).undo();
    try {
      files.someFile();
      options.arguments(place);
      CgroupFuse fuse = library.get();
      fuse.serve(files, () -> {});
      fuse.rehearse();
      PlaceLock.of(place).close();
    } catch (MountException e) {
      LOG.debug("rehearsed without libfuse", e);
    }
  }

  private void startLoop(FileCalls files) throws MountException {
    CgroupFuse fuse = library.get();
    fuse.serve(files, () -> started.complete(true));
    Thread thread = new Thread(() -> run(fuse), "fuse-loop");
    thread.setDaemon(true);
    synchronized (this) {
      if (closing) {
        throw MountException.failed("ended before it was mounted");
      }
      loop = thread;
      thread.start();
    }
  }

  private void run(CgroupFuse fuse) {
    try {
      boolean mounted = fuse.run(options.arguments(place), options.threads());
      LOG.debug("{}", mounted ? "the mount is gone" : "libfuse could not mount");
    } catch (Throwable defect) { // a thread of ours: nobody else would tell
      LOG.error("the loop has failed", defect);
    } finally {
      started.complete(false);
    }
  }

  private void awaitStart() throws MountException {
    try {
      if (!started.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw MountException.failed(
            "libfuse could not mount on %s; its own words stand above.%s".formatted(place, hint()));
      }
    } catch (TimeoutException e) {
      throw MountException.failed(
          "%s was not mounted within %d s".formatted(place, START_LIMIT.toSeconds()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
  }

  private String hint() {
    return identity.mayMount()
        ? ""
        : " (Ubuntu 25.04 and later let users mount only below $HOME, /tmp, /mnt, /media and their"
            + " runtime directory.)";
  }

  /** Uses the mount as anybody would, from a thread that is not the loop's and may be given up. */
  private void prove(FileCalls files) throws MountException {
    try {
      String name = files.someFile().substring(1);
      Bounded.call("prove", PROBE_LIMIT, () -> use(name));
    } catch (TimeoutException e) {
      throw MountException.failed(
          "%s is mounted but does not answer within %d s"
              .formatted(place, PROBE_LIMIT.toSeconds()));
    } catch (IOException e) {
      throw MountException.failed("%s is mounted but does not work: %s".formatted(place, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MountException.failed("interrupted");
    }
    Optional<MountEntry> top = MountTable.read().top(place.bytes()).filter(MountEntry::isOurs);
    if (top.isEmpty()) {
      throw MountException.failed(place + " was unmounted or covered while it was mounted");
    }
    synchronized (this) {
      entry = top.get();
    }
  }

  /** On a thread of its own: the process can be killed while it waits. */
  private boolean use(String name) throws IOException {
    FileTable.leaveFuse();
    Path root = place.path();
    Files.readAttributes(
        root, "unix:ino"); // also what makes the first mkdir in a user namespace work
    Files.readAllBytes(root.resolve(name));
    return true;
  }

  private void end() throws InterruptedException {
    Thread thread = loop();
    if (thread == null) {
      return;
    }
    try {
      started.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("closed while it was starting");
    }
    // Its numbers may be another mount's already: a connection that is there tells that it is ours.
    if (isConnected()) {
      unmount();
    }
    thread.join(CLOSE_LIMIT.toMillis());
    if (thread.isAlive()) {
      LOG.warn("{} is detached, but still in use: {}", place, Holders.phrase(place, device()));
    } else {
      unmountDead();
    }
  }

  /**
   * Nobody serves the mount any more. If it is still in the table, its connection was cut, and
   * libfuse has left it there. But the kernel gives the numbers of a mount that was unmounted to
   * the next one, so a mount with our numbers that somebody answers for is somebody else's.
   */
  private void unmountDead() throws InterruptedException {
    Optional<MountPoint> where = whereOnTop();
    if (where.isPresent() && isDead(where.get())) {
      unmount();
    }
  }

  private boolean isConnected() {
    try {
      return library.get().isConnected();
    } catch (MountException missing) {
      return false; // without libfuse nothing was mounted
    }
  }

  private static boolean isDead(MountPoint point) throws InterruptedException {
    try {
      int result = Bounded.call("probe", PROBE_LIMIT, () -> Libc.statfs(point.bytes()));
      return Errno.ENOTCONN.is(result);
    } catch (TimeoutException | IOException silent) {
      return false; // a daemon that is slow is there
    }
  }

  /** Takes our own mount away if it is still there, and no other. */
  private void unmount() throws InterruptedException {
    Optional<MountPoint> where = whereOnTop();
    for (int tries = 1; where.isPresent(); tries++) {
      boolean detach = tries > BUSY_TRIES;
      if (detach) {
        LOG.warn("{} is in use by {}: detaching it", where.get(), Holders.phrase(where.get()));
      }
      UnmountCall.Result result = UnmountCall.unmount(where.get(), detach);
      if (result.outcome() == UnmountCall.Outcome.DONE) {
        return; // another look could find the next mount, which gets the same numbers
      }
      if (result.outcome() == UnmountCall.Outcome.REFUSED || detach) {
        LOG.warn("cannot unmount {}: {}", where.get(), result.said());
        return;
      }
      if (result.outcome() == UnmountCall.Outcome.BUSY) {
        Thread.sleep(BUSY_PAUSE_MS); // somebody may only have looked
      }
      where = whereOnTop();
    }
  }

  /** Where our mount is, if nothing covers it. */
  private Optional<MountPoint> whereOnTop() {
    MountEntry mine = entry();
    MountTable table = MountTable.read();
    if (mine == null) {
      // Before it was proven any mount of ours there is this one: PreparedMountPoint has seen to
      // that.
      return table.top(place.bytes()).filter(MountEntry::isOurs).map(MountPoint::of);
    }
    return table
        .now(mine)
        .filter(entry -> table.top(entry.mountPoint()).equals(Optional.of(entry)))
        .map(MountPoint::of);
  }

  private synchronized @Nullable Thread loop() {
    return loop;
  }

  private synchronized @Nullable MountEntry entry() {
    return entry;
  }
}
