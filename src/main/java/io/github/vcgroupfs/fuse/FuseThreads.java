package io.github.vcgroupfs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroupfs.call.CallThread;
import io.github.vcgroupfs.fuse.RequestSource.Request;
import io.github.vcgroupfs.kernel.Errno;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that serve a mount. Each of them receives a request, carries it out and answers it,
 * again and again. A call may wait: whoever takes a request while no other thread is free starts
 * one more first, so the next request does not wait for this one. Threads that are not needed any
 * more end.
 *
 * <p>They are threads of Java. Those of {@code fuse_loop_mt} are not: each of them would have to be
 * made known to the JVM for each call.
 *
 * <p>Thread-safe.
 */
final class FuseThreads {
  private static final Logger LOG = LoggerFactory.getLogger(FuseThreads.class);

  /** How many calls of a mount may wait at the same time, beside those that are kept for others. */
  static final int MOST_WAITING = 512;

  private static final long LEAVE_PAUSE_NS = 10_000_000;

  private final RequestSource source;
  private final Waits waits;
  private final int kept;
  private final int most;

  /** Those that wait for a request, and those that are about to. */
  private final AtomicInteger free = new AtomicInteger();

  private final AtomicLong lastLeftNs = new AtomicLong(System.nanoTime());
  private final AtomicInteger numbered = new AtomicInteger();
  private final CopyOnWriteArrayList<Server> servers = new CopyOnWriteArrayList<>();

  private final EarlyInterrupts early = new EarlyInterrupts();

  @GuardedBy("this")
  private int alive;

  /**
   * Starts nothing yet.
   *
   * @param source where requests come from
   * @param waits how calls that wait are ended
   * @param kept how many threads stay though they are free, 1 or more
   * @param most how many there may be at once
   */
  FuseThreads(RequestSource source, Waits waits, int kept, int most) {
    this.source = source;
    this.waits = waits;
    this.kept = kept;
    this.most = most;
  }

  /** Ends the waits of calls. */
  interface Waits {
    /** The caller of the call that this thread carries does not want to wait. */
    void interrupt(Thread carrier);

    /** Nobody wants to wait any more. */
    void abort();
  }

  /** Serves until the source has ended and all calls have been answered. */
  void run() {
    start();
    boolean interrupted = false;
    synchronized (this) {
      while (alive > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // the mount ends by being unmounted
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many threads there are. */
  synchronized int count() {
    return alive;
  }

  /** Whether a thread that is not needed now may end: not many at once, for the next burst. */
  private boolean mayLeave() {
    long lastNs = lastLeftNs.get();
    long nowNs = System.nanoTime();
    return nowNs - lastNs > LEAVE_PAUSE_NS && lastLeftNs.compareAndSet(lastNs, nowNs);
  }

  private void start() {
    synchronized (this) {
      if (alive >= most) {
        return; // whoever is done first takes the next request
      }
      alive++;
    }
    free.incrementAndGet();
    try {
      Server server = new Server();
      try {
        server.start();
      } catch (Throwable impossible) {
        server.request.close();
        throw impossible;
      }
    } catch (Throwable impossible) { // no memory for a stack, or too many threads
      free.decrementAndGet();
      ended();
      LOG.warn("no further thread can be started, {} serve: {}", count(), impossible.toString());
    }
  }

  private synchronized void ended() {
    alive--;
    notifyAll();
  }

  private void interrupt(long request) {
    if (!find(request)) {
      // It may have been received, but not begun: see Server.begin, which looks in this order, too.
      early.add(request);
      find(request);
    }
  }

  private boolean find(long request) {
    for (Server each : servers) {
      if (each.current == request) {
        each.interruptCall();
        return true;
      }
    }
    return false;
  }

  /** One thread. */
  private final class Server extends Thread implements CallThread {
    private final Request request = source.newRequest();
    private volatile long current = Request.NOTHING;
    private volatile boolean callInterrupted;

    Server() {
      super("fuse-" + numbered.incrementAndGet());
      setDaemon(true);
    }

    @Override
    public boolean isCallInterrupted() {
      return callInterrupted;
    }

    private void interruptCall() {
      callInterrupted = true; // first: it may be about to wait
      waits.interrupt(this);
    }

    @Override
    public void run() {
      servers.add(this);
      boolean counted = true;
      try {
        while (receive()) {
          if (free.decrementAndGet() == 0) {
            FuseThreads.this.start();
          }
          counted = false;
          carryOut();
          if (free.get() >= kept && mayLeave()) {
            return;
          }
          free.incrementAndGet();
          counted = true;
        }
      } catch (OutOfMemoryError exhausted) {
        throw exhausted; // the daemon ends: the call may have got a wrong answer
      } catch (Throwable defect) { // a thread of ours: nobody else would tell
        LOG.error("a thread that serves the mount has failed", defect);
      } finally {
        servers.remove(this);
        request.close();
        if (counted) {
          free.decrementAndGet();
        }
        ended();
      }
    }

    /** Waits for a request; false when there will be none. */
    private boolean receive() {
      while (true) {
        int bytes = request.receive();
        if (bytes > 0) {
          return true;
        }
        if (bytes != -Errno.EINTR.number()) {
          if (bytes < 0) {
            LOG.error("requests cannot be received any more, errno {}", -bytes);
          }
          source.end();
          waits.abort();
          return false;
        }
      }
    }

    private void carryOut() {
      long interrupted = request.interrupted();
      if (interrupted != Request.NOTHING) {
        FuseThreads.this.interrupt(interrupted);
      }
      begin();
      try {
        request.process();
      } finally {
        current = Request.NOTHING;
        callInterrupted = false;
      }
    }

    private void begin() {
      long id = request.id();
      current = id;
      if (early.remove(id)) {
        callInterrupted = true;
      }
    }
  }
}
