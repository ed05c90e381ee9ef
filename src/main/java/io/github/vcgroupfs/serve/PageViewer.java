package io.github.vcgroupfs.serve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody who looks on: what he has not been sent yet. Of what shows how things are, only the
 * newest is kept; of what tells what happened, the last few. So whoever reads slowly misses
 * something, and costs no memory. Thread-safe.
 */
final class PageViewer {
  private static final int MOST_NEWS = 64;

  private final String group;

  /** Whether he has been told what was in the journal before he came. */
  private final AtomicBoolean informed = new AtomicBoolean();

  /** Rings when there is something to send. */
  private final Semaphore bell = new Semaphore(0);

  @GuardedBy("this")
  private final Map<Kind, byte[]> states = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Deque<byte[]> news = new ArrayDeque<>();

  /** What is sent. */
  enum Kind {
    /** Whether there is a hierarchy. */
    MOUNT("mount"),
    SNAPSHOT("snapshot"),
    SOCKETS("sockets"),
    FLOWS("flows"),
    RELAYS("relays"),
    FAULTS("faults");

    private final String event;

    Kind(String event) {
      this.event = event;
    }
  }

  private static final String JOURNAL = "journal";

  /**
   * A viewer.
   *
   * @param group the group that he looks at closely
   */
  PageViewer(String group) {
    this.group = group;
  }

  /** The group that he looks at closely. */
  String group() {
    return group;
  }

  /** Whether he has been told nothing of the journal; the second call says no. */
  boolean isNew() {
    return informed.compareAndSet(false, true);
  }

  /** How things are now, in JSON. */
  synchronized void show(Kind kind, byte[] json) {
    states.put(kind, json);
    bell.release();
  }

  /** What happened since the last time, in JSON. */
  synchronized void tell(byte[] json) {
    if (news.size() == MOST_NEWS) {
      news.removeFirst();
    }
    news.addLast(json);
    bell.release();
  }

  /**
   * Takes what there is to send, and waits for it a while.
   *
   * @return server-sent events, one after the other; empty if there was nothing
   */
  List<byte[]> take(long waitMs) throws InterruptedException {
    if (bell.tryAcquire(waitMs, TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
    return taken();
  }

  private synchronized List<byte[]> taken() {
    List<byte[]> events = new ArrayList<>();
    states.forEach((kind, json) -> add(events, kind.event, json));
    news.forEach(json -> add(events, JOURNAL, json));
    states.clear();
    news.clear();
    return events;
  }

  private static void add(List<byte[]> events, String name, byte[] json) {
    events.add(("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    events.add(json); // JSON has no newline in it
    events.add("\n\n".getBytes(StandardCharsets.US_ASCII));
  }
}
