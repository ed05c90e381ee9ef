package io.github.vcgroupfs.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a hierarchy again and again, for all who want to see it. It has one thread, which rests
 * while nobody looks. If the hierarchy goes it is looked for, and found again when it comes back.
 *
 * <p>A mount that does not answer holds up this thread and nobody else. Thread-safe.
 */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /** A hierarchy that is not there is not looked for more often. */
  private static final long SEARCH_NS = TimeUnit.SECONDS.toNanos(1);

  private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(3);
  private static final long MAX_WAIT_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long MAX_JOIN_MS = 1_000;

  private final Path directory;
  private final Thread thread;
  private final History history = new History();
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private volatile Hierarchy hierarchy;
  private volatile @Nullable Snapshot latest;
  private volatile WatchState state = WatchState.UNSEEN;

  /** When the look began that is not over; 0: none. */
  private volatile long lookingSinceNs;

  @GuardedBy("lock")
  private final Pace pace;

  @GuardedBy("lock")
  private long looks;

  /** How many looks there must have been for all who wait for one. */
  @GuardedBy("lock")
  private long wanted;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * A watcher whom nobody has asked anything yet.
   *
   * @param hierarchy what is watched; after an unmount and a mount another object takes its place
   * @param interval how often one looks, or less often if that would take too much of the time
   */
  public Watcher(Hierarchy hierarchy, Duration interval) {
    this.hierarchy = hierarchy;
    this.directory = hierarchy.directory();
    this.pace = new Pace(interval);
    this.thread = new Thread(this::run, "vcgroupfs-watch");
    thread.setDaemon(true);
  }

  /** The hierarchy as it was found last. */
  public Hierarchy hierarchy() {
    return hierarchy;
  }

  /** What was seen last. It may be old if nobody looks: see {@link Snapshot#timeMs}. */
  public Optional<Snapshot> latest() {
    return Optional.ofNullable(latest);
  }

  /** What was seen in the last minutes while somebody looked. */
  public History history() {
    return history;
  }

  /** Whether the hierarchy can be seen now. */
  public WatchState state() {
    long since = lookingSinceNs;
    if (since != 0 && System.nanoTime() - since > SILENT_NS) {
      return new WatchState(WatchState.Kind.SILENT, Optional.of(silence(since)));
    }
    return state;
  }

  private String silence(long sinceNs) {
    return "%s has not answered for %d s: its daemon is stopped or very busy, or a sim.fault delays the look"
        .formatted(directory, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs));
  }

  /** How often one looks at this moment. */
  public Duration interval() {
    lock.lock();
    try {
      return Duration.ofNanos(pace.intervalNs());
    } finally {
      lock.unlock();
    }
  }

  /** Somebody looks from now on. What was seen last is shown when something newer comes. */
  public Subscription subscribe(Viewer viewer) {
    Viewer one = new Once(viewer);
    lock.lock();
    try {
      viewers.add(one);
      wakeUp();
    } finally {
      lock.unlock();
    }
    return () -> viewers.remove(one);
  }

  /** Makes two subscriptions of one viewer two. */
  private record Once(Viewer viewer) implements Viewer {
    @Override
    public void saw(Snapshot snapshot) {
      viewer.saw(snapshot);
    }

    @Override
    public void changed(WatchState state) {
      viewer.changed(state);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * What is to be seen now, for somebody who looks once.
   *
   * @param maxAge what was seen last is shown if it is younger; else one looks anew and waits
   * @throws WatchException if it cannot be seen, or does not answer
   */
  public Snapshot now(Duration maxAge) throws WatchException, InterruptedException {
    Snapshot known = latest;
    if (known != null
        && state.isSeen()
        && System.currentTimeMillis() - known.timeMs() < maxAge.toMillis()) {
      return known;
    }
    lock.lock();
    try {
      long before = looks + (lookingSinceNs == 0 ? 0 : 1); // one that has begun may miss something
      long leftNs = MAX_WAIT_NS;
      wanted = Math.max(wanted, before + 1);
      wakeUp();
      while (looks <= before && !closed) {
        if (leftNs <= 0) {
          throw new WatchException(WatchException.Kind.FAILED, silence(lookingSinceNs));
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } finally {
      lock.unlock();
    }
    Snapshot seen = latest;
    WatchState now = state;
    if (seen == null || !now.isSeen()) {
      throw new WatchException(
          WatchException.Kind.FAILED, now.why().orElse("nobody watches any more"));
    }
    return seen;
  }

  @GuardedBy("lock")
  private void wakeUp() {
    if (!closed && thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    changed.signalAll();
  }

  private void run() {
    lock.lock();
    try {
      long nextNs = System.nanoTime();
      while (!closed) {
        long leftNs = nextNs - System.nanoTime();
        if (viewers.isEmpty() && looks >= wanted) {
          changed.await();
        } else if (leftNs > 0 && looks >= wanted) {
          changed.awaitNanos(leftNs);
        } else {
          nextNs = System.nanoTime() + lookUnlocked();
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Looks without the lock; returns how long to wait until the next look begins. */
  @SuppressWarnings("LockNotBeforeTry") // given up and taken again; the caller's finally ends it
  @GuardedBy("lock")
  private long lookUnlocked() {
    long beganNs = System.nanoTime();
    lookingSinceNs = beganNs == 0 ? 1 : beganNs;
    lock.unlock();
    try {
      look();
    } finally {
      lock.lock();
      lookingSinceNs = 0;
      looks++;
      changed.signalAll();
    }
    long tookNs = System.nanoTime() - beganNs;
    pace.took(tookNs);
    long intervalNs = pace.intervalNs();
    return (state.isSeen() ? intervalNs : Math.max(intervalNs, SEARCH_NS)) - tookNs;
  }

  private void look() {
    try {
      Snapshot seen = readOrFind();
      latest = seen;
      history.add(seen);
      become(WatchState.SEEN);
      tell(each -> each.saw(seen));
    } catch (WatchException e) {
      become(WatchState.of(e));
    } catch (RuntimeException | StackOverflowError defect) {
      LOG.error("a look at {} failed", directory, defect); // and the thread must go on
      become(WatchState.of(defective(defect)));
    }
  }

  private WatchException defective(Throwable defect) {
    return new WatchException(
        WatchException.Kind.FAILED,
        "%s cannot be shown (%s): that is a defect of vcgroupfs; its log has more"
            .formatted(directory, defect.getClass().getSimpleName()));
  }

  /** A hierarchy that cannot be read is looked for once: it may have been mounted anew. */
  private Snapshot readOrFind() throws WatchException {
    try {
      return hierarchy.read();
    } catch (WatchException gone) {
      LOG.debug("looking for {} anew", directory, gone);
      Hierarchy found = Hierarchy.again(directory);
      Snapshot seen = found.read();
      hierarchy = found;
      return seen;
    }
  }

  private void become(WatchState now) {
    if (!now.equals(state)) {
      state = now;
      tell(each -> each.changed(now));
    }
  }

  private void tell(Consumer<Viewer> news) {
    List<Viewer> broken = new ArrayList<>();
    for (Viewer each : viewers) {
      try {
        news.accept(each);
      } catch (RuntimeException defect) {
        // One broken viewer must not take the sight from the others.
        LOG.error("a viewer failed and is left out from now on", defect);
        broken.add(each);
      }
    }
    viewers.removeAll(broken);
  }

  /** Ends the thread, unless a mount holds it that does not answer: then it ends with that. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      viewers.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(MAX_JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
