package io.github.vcgroupfs.statickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StaticKeyTest {
  /** In a static final field, so that the JIT folds it, as production code holds it. */
  private static final StaticKey FOLDED = StaticKey.off();

  private static final StaticKey SHARED = StaticKey.off();

  @Test
  void isOnWhileItHasUsers() {
    StaticKey key = StaticKey.off();
    assertThat(key.isEnabled()).isFalse();
    key.increment();
    assertThat(key.isEnabled()).isTrue();
    key.increment();
    key.decrement();
    assertThat(key.isEnabled()).as("one user left").isTrue();
    key.decrement();
    assertThat(key.isEnabled()).isFalse();
    key.increment();
    assertThat(key.isEnabled()).as("goes on again").isTrue();
  }

  @Test
  void anUnbalancedDecrementIsADefectAndChangesNothing() {
    StaticKey key = StaticKey.off();
    assertThatIllegalStateException().isThrownBy(key::decrement);
    assertThat(key.isEnabled()).isFalse();
    key.increment();
    assertThat(key.isEnabled()).isTrue();
    key.decrement();
    assertThat(key.isEnabled()).isFalse();
  }

  @Test
  void keysAreIndependent() {
    StaticKey one = StaticKey.off();
    StaticKey other = StaticKey.off();
    one.increment();
    assertThat(other.isEnabled()).isFalse();
  }

  @Test
  @Timeout(60)
  void compiledCodeSeesEveryFlip() {
    for (int flip = 0; flip < 20; flip++) {
      assertThat(hotCount()).as("off, round %d", flip).isZero();
      FOLDED.increment();
      assertThat(hotCount()).as("on, round %d", flip).isEqualTo(100_000);
      FOLDED.decrement();
    }
  }

  private static int hotCount() {
    int seen = 0;
    for (int i = 0; i < 100_000; i++) {
      if (FOLDED.isEnabled()) {
        seen++;
      }
    }
    return seen;
  }

  @Test
  @Timeout(60)
  void whoHoldsTheKeySeesItOn() throws Exception {
    StaticKey key = StaticKey.off();
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      SplittableRandom random = new SplittableRandom(0x5eed + t);
      work.add(
          () -> {
            start.await();
            int seenOff = 0;
            for (int i = 0; i < 300; i++) {
              key.increment();
              seenOff += key.isEnabled() ? 0 : 1;
              if (random.nextInt(4) == 0) {
                Thread.onSpinWait();
              }
              seenOff += key.isEnabled() ? 0 : 1;
              key.decrement();
            }
            return seenOff;
          });
    }
    assertThat(runAll(work)).containsOnly(0);
    assertThat(key.isEnabled()).isFalse();
    assertThat(key.users()).hasValue(0);
  }

  @Test
  @Timeout(60)
  void aFlipIsCompleteForEveryThreadBeforeIncrementReturns() throws Exception {
    int rounds = 200;
    CyclicBarrier barrier = new CyclicBarrier(2);
    AtomicBoolean published = new AtomicBoolean();
    Callable<Integer> reader =
        () -> {
          int seenOff = 0;
          int work = 0;
          for (int round = 0; round < rounds; round++) {
            barrier.await();
            while (!published.get()) {
              work += SHARED.isEnabled() ? 1 : 0; // keeps the code hot that the flip deoptimises
            }
            seenOff += SHARED.isEnabled() ? 0 : 1;
            barrier.await();
          }
          return work < 0 ? -1 : seenOff;
        };
    Callable<Integer> writer =
        () -> {
          for (int round = 0; round < rounds; round++) {
            barrier.await();
            SHARED.increment();
            published.set(true);
            barrier.await();
            published.set(false);
            SHARED.decrement();
          }
          return 0;
        };
    assertThat(runAll(List.of(reader, writer))).containsExactly(0, 0);
  }

  private static List<Integer> runAll(List<Callable<Integer>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> each : pool.invokeAll(work)) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
      pool.awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
