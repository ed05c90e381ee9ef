package io.github.vcgroupfs.injvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a test wants to do at which moment of virtual time, and who moves time now. Thread-safe: its
 * monitor is a leaf.
 */
final class Plan {
  @GuardedBy("this")
  private final PriorityQueue<Step> steps = new PriorityQueue<>(Plan::inOrder);

  @GuardedBy("this")
  private long serial;

  @GuardedBy("this")
  private boolean moving;

  /**
   * Something to do.
   *
   * @param serial which one it was to be added
   */
  record Step(long atNs, long serial, Runnable action) {}

  private static int inOrder(Step one, Step other) {
    int byTime = Long.compare(one.atNs(), other.atNs());
    return byTime != 0 ? byTime : Long.compare(one.serial(), other.serial());
  }

  synchronized void add(long atNs, Runnable action, long nowNs) {
    if (atNs < nowNs) {
      throw new IllegalArgumentException(
          "%d ns is over: it is %d ns now, so choose a later moment".formatted(atNs, nowNs));
    }
    steps.add(new Step(atNs, ++serial, action));
  }

  /** Time begins to move. */
  synchronized void begin() {
    if (moving) {
      throw new IllegalStateException(
          "time moves already: let one thread move it, and no action of it");
    }
    moving = true;
  }

  synchronized void end() {
    moving = false;
  }

  /** The next thing to do until then, which is done now; null: nothing. */
  synchronized @Nullable Step poll(long untilNs) {
    Step first = steps.peek();
    return first == null || first.atNs() > untilNs ? null : steps.poll();
  }
}
