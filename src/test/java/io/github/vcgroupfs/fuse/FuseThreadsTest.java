package io.github.vcgroupfs.fuse;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroupfs.call.CallThread;
import io.github.vcgroupfs.kernel.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FuseThreadsTest {
  private static final int KEPT = 4;
  private static final int MOST = 100;

  private final Calls calls = new Calls();
  private final FuseThreads threads = new FuseThreads(calls, calls, KEPT, MOST);
  private final Thread loop = new Thread(threads::run);

  @AfterEach
  void end() throws InterruptedException {
    calls.go();
    calls.end();
    loop.join(SECONDS.toMillis(20));
    assertThat(loop.isAlive()).isFalse();
    assertThat(threads.count()).isZero();
    assertThat(calls.aborted).isTrue();
  }

  @Test
  void callsThatWaitHoldNobodyUp() throws InterruptedException {
    loop.start();
    CountDownLatch wait = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(64);
    for (int i = 0; i < 64; i++) {
      calls.add(
          () -> {
            waiting.countDown();
            wait.await();
          });
    }
    waiting.await();
    CountDownLatch others = new CountDownLatch(1_000);
    for (int i = 0; i < 1_000; i++) {
      calls.add(others::countDown);
    }
    others.await();
    wait.countDown();
  }

  @Test
  void threadsThatAreNotNeededAnyMoreEnd() throws InterruptedException {
    loop.start();
    callsThatWait(64);
    assertThat(threads.count()).isGreaterThan(64);
    calls.go();
    // each thread looks when it is done with a call
    until(
        () -> {
          calls.add(() -> {});
          return threads.count() <= KEPT + 1;
        });
    callsThatWait(3); // those that stayed work
  }

  @Test
  void oneClientNeedsTwo() throws InterruptedException {
    loop.start();
    for (int i = 0; i < 1_000; i++) {
      CountDownLatch done = new CountDownLatch(1);
      calls.add(done::countDown);
      done.await();
    }
    // the answer is there a moment before its thread is free again
    assertThat(threads.count()).isBetween(2, KEPT + 1);
  }

  @Test
  void thereAreNeverMoreThanTheMost() throws InterruptedException {
    loop.start();
    callsThatWait(MOST);
    CountDownLatch late = new CountDownLatch(1);
    calls.add(late::countDown);
    assertThat(late.await(50, MILLISECONDS)).isFalse();
    assertThat(threads.count()).isEqualTo(MOST);
    calls.go();
    late.await();
  }

  @Test
  void everyRequestIsCarriedOutOnce() throws InterruptedException {
    loop.start();
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 20_000; i++) {
      calls.add(done::incrementAndGet);
    }
    until(() -> done.get() == 20_000);
    assertThat(calls.overwritten).isFalse();
  }

  @Test
  void anInterruptedReceiveIsRepeated() throws InterruptedException {
    calls.results.add(-Errno.EINTR.number());
    calls.results.add(-Errno.EINTR.number());
    loop.start();
    CountDownLatch done = new CountDownLatch(1);
    calls.add(done::countDown);
    done.await();
  }

  @Test
  void anErrorEndsTheSession() throws InterruptedException {
    calls.results.add(-Errno.EIO.number());
    loop.start();
    loop.join();
    assertThat(calls.ended).isTrue();
  }

  @Test
  void theLoopWaitsForTheLastAnswer() throws InterruptedException {
    loop.start();
    callsThatWait(1);
    calls.end();
    loop.join(50);
    assertThat(loop.isAlive()).isTrue();
    calls.go();
  }

  @Test
  void anInterruptReachesItsCallAlone() throws InterruptedException {
    loop.start();
    List<Long> told = new ArrayList<>();
    CountDownLatch woken = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    AtomicBoolean neighbour = new AtomicBoolean();
    long first =
        calls.add(
            () -> {
              begun.countDown();
              while (!CallThread.isPresentInterrupted()) {
                LockSupport.park();
              }
              told.add(1L);
              woken.countDown();
            });
    CountDownLatch wait = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    calls.add(
        () -> {
          begun.countDown();
          wait.await();
          neighbour.set(CallThread.isPresentInterrupted());
          seen.countDown();
        });
    begun.await();
    calls.interrupt(first);
    woken.await();
    wait.countDown();
    seen.await();
    assertThat(neighbour).isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void anInterruptThatComesFirstIsNotLost() throws InterruptedException {
    loop.start();
    CountDownLatch woken = new CountDownLatch(1);
    long next = calls.lastId.get() + 2;
    CountDownLatch interrupted = new CountDownLatch(1);
    calls.interrupt(next, interrupted);
    interrupted.await();
    long id =
        calls.add(
            () -> {
              if (CallThread.isPresentInterrupted()) {
                woken.countDown();
              }
            });
    assertThat(id).isEqualTo(next);
    woken.await();
  }

  @Test
  void theNextCallOfAThreadIsNotInterrupted() throws InterruptedException {
    loop.start();
    AtomicInteger interrupted = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      long id =
          calls.add(
              () -> {
                while (!CallThread.isPresentInterrupted()) {
                  LockSupport.park();
                }
                done.incrementAndGet();
              });
      calls.interrupt(id);
      calls.add(
          () -> {
            if (CallThread.isPresentInterrupted()) {
              interrupted.incrementAndGet();
            }
            done.incrementAndGet();
          });
    }
    until(() -> done.get() == 400);
    assertThat(interrupted).hasValue(0);
  }

  /** Waits for what becomes true soon; the time limit of the test is its own. */
  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(MILLISECONDS.toNanos(1));
    }
  }

  private void callsThatWait(int count) throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      calls.add(
          () -> {
            waiting.countDown();
            calls.gate.await();
          });
    }
    waiting.await();
  }

  /** A kernel that has what tests add. */
  private static final class Calls implements RequestSource, FuseThreads.Waits {
    private static final Sent END = new Sent(-1, 0, () -> {});

    private final LinkedBlockingQueue<Integer> results = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final AtomicLong lastId = new AtomicLong(10);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;
    private volatile boolean aborted;
    private volatile boolean overwritten;

    private record Sent(long id, long interrupts, Call call) {}

    interface Call {
      void run() throws InterruptedException;
    }

    /** Returns the id of the call. */
    long add(Call call) {
      long id = lastId.addAndGet(2);
      sent.add(new Sent(id, Request.NOTHING, call));
      return id;
    }

    void interrupt(long id) {
      interrupt(id, new CountDownLatch(1));
    }

    void interrupt(long id, CountDownLatch done) {
      sent.add(new Sent(id | 1, id, done::countDown));
    }

    /** Lets those go on that {@link #callsThatWait} made. */
    void go() {
      gate.countDown();
    }

    @Override
    public void interrupt(Thread carrier) {
      LockSupport.unpark(carrier);
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public void end() {
      ended = true;
      sent.add(END);
    }

    @Override
    public Request newRequest() {
      return new Request() {
        private Sent now = END;

        @Override
        public int receive() {
          Integer result = results.poll();
          if (result != null) {
            return result;
          }
          try {
            now = sent.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          if (now.id() < 0) {
            sent.add(END); // for all of them
            return 0;
          }
          return 1;
        }

        @Override
        public long id() {
          return now.id();
        }

        @Override
        public long interrupted() {
          return now.interrupts();
        }

        @Override
        public void close() {}

        @Override
        public void process() {
          Sent mine = now;
          overwritten |= !running.add(mine.id());
          try {
            mine.call().run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          overwritten |= !running.remove(mine.id()) || mine.id() != now.id();
        }
      };
    }
  }
}
