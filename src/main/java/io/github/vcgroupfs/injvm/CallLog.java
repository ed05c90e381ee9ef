package io.github.vcgroupfs.injvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroupfs.CallListener;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a mount in the order in which they ended, whoever made them: changes, refusals, and
 * reads. A file that is opened and read counts as one read, however often its bytes are fetched.
 * The last hundred thousand are kept. Thread-safe: its monitor is a leaf.
 */
public final class CallLog {
  private static final int MAX_CALLS = 100_000;

  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final ArrayDeque<LoggedCall> calls = new ArrayDeque<>();

  /** Files that were opened and not read since. */
  @GuardedBy("this")
  private final Set<Opened> unread = new HashSet<>();

  @GuardedBy("this")
  private long made;

  /**
   * Nothing was called yet.
   *
   * @param nanoTime the time since the mount was made, in nanoseconds
   */
  CallLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Compared by hand: what Java makes for that at run time takes a first test 12 ms. */
  private record Opened(int hierarchy, String path, Caller caller) {
    @Override
    public int hashCode() {
      return path.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Opened that
          && hierarchy == that.hierarchy
          && path.equals(that.path)
          && caller.uid() == that.caller.uid()
          && caller.gid() == that.caller.gid()
          && caller.tid() == that.caller.tid();
    }
  }

  /** Whoever writes down the calls of one hierarchy. */
  CallListener of(int hierarchy) {
    return (subject, refusal) -> add(hierarchy, subject, refusal);
  }

  private synchronized void add(
      int hierarchy, CallSubject subject, @Nullable ErrnoException refusal) {
    boolean wanted =
        refusal == null ? isOfInterest(hierarchy, subject) : subject.call().isRecorded();
    if (!wanted) {
      return;
    }
    if (calls.size() == MAX_CALLS) {
      calls.removeFirst();
    }
    calls.addLast(
        new LoggedCall(
            ++made,
            nanoTime.getAsLong(),
            subject.caller(),
            subject.call(),
            subject.path(),
            subject.argument(),
            refusal == null ? null : refusal.errno(),
            refusal == null ? "" : refusal.why(),
            hierarchy));
  }

  @GuardedBy("this")
  private boolean isOfInterest(int hierarchy, CallSubject subject) {
    Opened opened = new Opened(hierarchy, subject.path(), subject.caller());
    if (subject.call() == FsCall.OPEN) {
      unread.add(opened);
    }
    return subject.call() == FsCall.READ ? unread.remove(opened) : subject.call().mutates();
  }

  /** The calls that are kept, the oldest first. */
  public synchronized List<LoggedCall> calls() {
    return List.copyOf(calls);
  }

  /** Forgets all calls so far. The numbers go on. */
  public synchronized void clear() {
    calls.clear();
    unread.clear();
  }
}
