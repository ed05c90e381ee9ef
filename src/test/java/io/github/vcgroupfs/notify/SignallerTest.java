package io.github.vcgroupfs.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that makes the delivery of its events wait: it holds up nobody else's. */
@Timeout(30)
class SignallerTest {
  private static final long LONG_NS = 25_000_000_000L;

  private final Signaller signaller = new Signaller(System::nanoTime);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    signaller.close();
  }

  /** Events of one client, counted; they may wait. */
  private final class Events implements Delivery {
    private final AtomicLong done = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final boolean waits;

    Events(boolean waits) {
      this.waits = waits;
    }

    /** One event, posted by the calling thread. */
    void happen(long number) {
      signaller.caused(this, number);
      signaller.post(this);
    }

    @Override
    public void serve() {
      begun.countDown();
      try {
        if (waits) {
          release.await();
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      done.incrementAndGet();
    }

    @Override
    public boolean isDone(long number) {
      return done.get() >= number;
    }
  }

  @Test
  void settleWaitsForTheEventsOfTheCallingThread() {
    Events mine = new Events(false);
    for (int i = 1; i <= 1_000; i++) {
      mine.happen(i);
      signaller.settle(LONG_NS);
      assertThat(mine.isDone(i)).as("event %d", i).isTrue();
    }
  }

  @Test
  void aClientThatWaitsHoldsUpNobodyElse() throws Exception {
    Events stuck = new Events(true);
    stuck.happen(1);
    stuck.begun.await();
    Thread other =
        new Thread(
            () -> {
              Events mine = new Events(false);
              for (int i = 1; i <= 100; i++) {
                mine.happen(i);
                signaller.settle(LONG_NS);
                assertThat(mine.isDone(i)).isTrue();
              }
              stuck.happen(2); // not mine alone
            });
    other.start();
    other.join();
    assertThat(stuck.isDone(1)).isFalse();
    signaller.settle(1_000_000); // for the one that waits: so long, and no longer
    release.countDown();
    while (!stuck.isDone(2)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoHasCausedNothingWaitsForNothing() throws Exception {
    Thread other = new Thread(() -> new Events(true).happen(1));
    other.start();
    other.join();
    signaller.settle(Long.MAX_VALUE); // for ever, if it waited for events of others
  }

  @Test
  void whenAllThreadsAreHeldUpTheRestComesLater() throws Exception {
    List<Events> stuck = new ArrayList<>();
    for (int i = 0; i < Signaller.MAX_THREADS; i++) {
      stuck.add(new Events(true));
      stuck.get(i).happen(1);
    }
    for (Events each : stuck) {
      each.begun.await();
    }
    Events late = new Events(false);
    late.happen(1);
    signaller.settle(20_000_000);
    assertThat(late.isDone(1)).isFalse();
    release.countDown();
    late.happen(2);
    signaller.settle(LONG_NS);
    assertThat(late.isDone(2)).isTrue();
    while (!stuck.stream().allMatch(each -> each.isDone(1))) {
      Thread.onSpinWait();
    }
  }
}
