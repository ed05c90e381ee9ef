package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.os.TaskEvents;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events that wait until somebody asks for them, in memory. Thread-safe. */
final class FakeEvents implements TaskEvents, TaskEvents.Sink {
  private final Queue<Consumer<Sink>> waiting = new ArrayDeque<>();
  private final Semaphore wakes = new Semaphore(0);
  private final Queue<Consumer<Sink>> underWay = new ArrayDeque<>();
  private boolean held;
  private boolean deaf;
  private boolean closed;

  @Override
  public synchronized void forked(int forker, int pid, int tid) {
    tell(sink -> sink.forked(forker, pid, tid));
  }

  @Override
  public synchronized void exited(int tid) {
    tell(sink -> sink.exited(tid));
  }

  @Override
  public synchronized void execed(int pid) {
    tell(sink -> sink.execed(pid));
  }

  @Override
  public synchronized void lost() {
    tell(Sink::lost);
  }

  private void tell(Consumer<Sink> event) {
    if (!deaf) {
      (held ? underWay : waiting).add(event);
    }
  }

  /** What is told from now on is under way until {@link #arrive}. */
  synchronized void hold() {
    held = true;
  }

  synchronized void arrive() {
    held = false;
    waiting.addAll(underWay);
    underWay.clear();
  }

  /** No room for what happens from now on. */
  synchronized void fill() {
    deaf = true;
  }

  /** There is room again, and it is told that something is missing. */
  synchronized void makeRoom() {
    deaf = false;
    lost();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void drain(Sink sink) {
    // not under the monitor: the sink asks the processes, which tell events under theirs
    for (Consumer<Sink> event = next(); event != null; event = next()) {
      event.accept(sink);
    }
  }

  private synchronized @Nullable Consumer<Sink> next() {
    return waiting.poll();
  }

  @Override
  public void await() throws InterruptedException {
    wakes.acquire();
  }

  @Override
  public void wake() {
    wakes.release();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
