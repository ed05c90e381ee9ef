package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.os.PerfRings;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskEvents;
import io.github.vcgroupfs.os.TaskStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of this machine's tasks, for the tables of all hierarchies of this program. Whoever
 * asks a table takes in what has happened first, so an answer is never old. A thread takes in what
 * has happened when nobody asks for a long time, so that the kernel has room for more.
 *
 * <p>If the kernel had no room (this program was stopped, say, while thousands of processes came
 * and went), the tables look at {@code /proc} once.
 *
 * <p>Thread-safe: its lock guards the events and all tables.
 */
final class ForkEvents implements TaskEvents.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(ForkEvents.class);

  /** Clock ticks of {@code /proc} are a hundredth of a second on all machines we know. */
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A birth may have been under way at the last look, and the two clocks are read one by one. */
  private static final int SLACK_TICKS = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final TaskEvents events;
  private final ProcFs proc;
  private final LongSupplier nanoTime;
  private final Thread reader = new Thread(this::read, "vcgroupfs-forks");

  @GuardedBy("lock")
  private final List<TaskTable> tables = new ArrayList<>();

  /** When the last look began of which we know that nothing before it was lost. */
  @GuardedBy("lock")
  private long completeNs;

  private volatile boolean closed;

  /** Events that nobody reads unless he asks. */
  ForkEvents(TaskEvents events, ProcFs proc, LongSupplier nanoTime) {
    this.events = events;
    this.proc = proc;
    this.nanoTime = nanoTime;
    this.completeNs = nanoTime.getAsLong();
  }

  /**
   * Listens to the kernel, and reads the events when nobody asks.
   *
   * @throws IOException if the kernel does not let us, with the reason
   */
  static ForkEvents open() throws IOException {
    ForkEvents events =
        new ForkEvents(PerfRings.open(System::nanoTime), new ProcReader("/proc"), System::nanoTime);
    events.reader.setDaemon(true);
    events.reader.start();
    return events;
  }

  /** Ends all that. Preconditions: it was opened. */
  void close() {
    closed = true;
    events.wake();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true; // it ends soon, and uses what is to be given back
      }
    }
    lock.lock();
    try {
      events.close();
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A new table, in which every process is in the root. */
  TaskTable newTable() {
    TaskTable table = new TaskTable(proc);
    lock.lock();
    try {
      catchUp(); // what was lost before is not the business of this one
      tables.add(table);
    } finally {
      lock.unlock();
    }
    return table;
  }

  /** The table gets no more events. */
  void drop(TaskTable table) {
    lock.lock();
    try {
      tables.remove(table);
    } finally {
      lock.unlock();
    }
  }

  /** Gives an answer while the tables are up to date and stay as they are. */
  <T> T upToDate(Supplier<T> answer) {
    lock.lock();
    try {
      catchUp();
      return answer.get();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #upToDate}, for a question with yes and no. */
  boolean isSo(BooleanSupplier question) {
    return upToDate(question::getAsBoolean);
  }

  @GuardedBy("lock")
  private void catchUp() {
    long beganNs = nanoTime.getAsLong();
    events.drain(this);
    if (tables.stream().anyMatch(TaskTable::hasGap)) {
      recount();
    }
    completeNs = beganNs;
  }

  @GuardedBy("lock")
  private void recount() {
    long agoTicks = (nanoTime.getAsLong() - completeNs) / TICK_NS + SLACK_TICKS;
    long since = proc.uptimeTicks() - agoTicks;
    List<TaskStat> seen = new ArrayList<>(ProcessTable.look(proc).values());
    LOG.info(
        "the kernel could not keep all births and ends of the last {} ms: the members of now are"
            + " told from /proc",
        TimeUnit.NANOSECONDS.toMillis(agoTicks * TICK_NS));
    tables.forEach(table -> table.recount(seen, since));
  }

  private void read() {
    try {
      while (!closed) {
        events.await();
        if (!closed) {
          lock.lock();
          try {
            catchUp();
          } finally {
            lock.unlock();
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the reader of the events is interrupted", e);
    }
  }

  // --- what the events say, for every table -----------------------------------------------------

  @Override
  @SuppressWarnings("GuardedBy") // events are told under the lock, by catchUp
  public void forked(int forker, int pid, int tid) {
    for (TaskTable each : tables) {
      each.forked(forker, pid, tid);
    }
  }

  @Override
  @SuppressWarnings("GuardedBy")
  public void exited(int tid) {
    for (TaskTable each : tables) {
      each.exited(tid);
    }
  }

  @Override
  @SuppressWarnings("GuardedBy")
  public void execed(int pid) {
    for (TaskTable each : tables) {
      each.execed(pid);
    }
  }

  @Override
  @SuppressWarnings("GuardedBy")
  public void lost() {
    for (TaskTable each : tables) {
      each.lost();
    }
  }
}
