package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must be exact however many threads charge. Each test ends; none sleeps. */
@Timeout(60)
class PageCounterStressTest {
  private static final int THREADS = 8;
  private static final int ATTEMPTS = 20_000;

  private final AtomicInteger reports = new AtomicInteger();

  private PageCounter counter(CounterEra era, PageCounter parent) {
    return new PageCounter(era, parent, missing -> reports.incrementAndGet());
  }

  @ParameterizedTest
  @EnumSource
  void chargesToALimitFillItExactlyAndEveryOtherAttemptIsCounted(CounterEra era) {
    PageCounter counter = counter(era, null);
    long limitPages = THREADS * ATTEMPTS / 3;
    counter.trySetMax(era.ofPages(limitPages));
    AtomicLong charged = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          long mine = 0;
          for (int i = 0; i < ATTEMPTS; i++) {
            mine += counter.tryCharge(1) == null ? 1 : 0;
          }
          charged.addAndGet(mine);
        });
    assertThat(era.toPages(counter.usage())).isEqualTo(limitPages);
    assertThat(charged.get()).isEqualTo(limitPages);
    assertThat(counter.watermark()).isEqualTo(era.ofPages(limitPages));
    assertThat(charged.get() + counter.failcnt()).isEqualTo((long) THREADS * ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource
  void leavesUnderALimitedParentFillItExactly(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter parent = counter(era, top);
    long limitPages = THREADS * ATTEMPTS / 2;
    parent.trySetMax(era.ofPages(limitPages));
    AtomicLong charged = new AtomicLong();
    PageCounter[] leaves = new PageCounter[THREADS];
    for (int i = 0; i < THREADS; i++) {
      leaves[i] = counter(era, parent);
    }
    Threads.run(
        THREADS,
        thread -> {
          for (int i = 0; i < ATTEMPTS; i++) {
            if (leaves[thread].tryCharge(1) == null) {
              charged.incrementAndGet();
            }
          }
        });
    long sum = 0;
    for (PageCounter leaf : leaves) {
      sum += era.toPages(leaf.usage());
      assertThat(leaf.failcnt()).isZero();
    }
    assertThat(sum).isEqualTo(limitPages).isEqualTo(charged.get());
    assertThat(era.toPages(parent.usage())).isEqualTo(limitPages);
    assertThat(era.toPages(top.usage())).isEqualTo(limitPages);
    assertThat(charged.get() + parent.failcnt()).isEqualTo((long) THREADS * ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource
  void chargeAndUnchargeStormsEndAtZero(CounterEra era) {
    PageCounter top = counter(era, null);
    PageCounter middle = counter(era, top);
    top.trySetMax(era.ofPages(60));
    middle.trySetMax(era.ofPages(50));
    AtomicLong attempts = new AtomicLong();
    AtomicLong charged = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          PageCounter leaf = counter(era, middle);
          SplittableRandom random = new SplittableRandom(20111206 + thread);
          long held = 0;
          for (int i = 0; i < ATTEMPTS; i++) {
            long pages = 1L + random.nextInt(8);
            if (random.nextBoolean()) {
              attempts.incrementAndGet();
              if (leaf.tryCharge(pages) == null) {
                held += pages;
                charged.incrementAndGet();
              }
            } else if (held > 0) {
              long back = Math.min(held, pages);
              leaf.uncharge(back);
              held -= back;
            }
            assertThat(middle.usage()).isLessThanOrEqualTo(era.ofPages(50));
          }
          leaf.uncharge(held);
          assertThat(leaf.usage()).isZero();
        });
    assertThat(middle.usage()).isZero();
    assertThat(top.usage()).isZero();
    assertThat(middle.watermark()).isLessThanOrEqualTo(era.ofPages(50));
    assertThat(charged.get() + middle.failcnt() + top.failcnt()).isEqualTo(attempts.get());
    assertThat(reports).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void ofAChargeAndALoweredLimitThatRaceAtLeastOneGivesWay(CounterEra era) {
    int rounds = 10_000;
    PageCounter[] counters = new PageCounter[rounds];
    for (int i = 0; i < rounds; i++) {
      counters[i] = counter(era, null);
    }
    boolean[] accepted = new boolean[rounds];
    boolean[] charged = new boolean[rounds];
    // Both threads walk the same counters in step, without locks that would keep them apart.
    AtomicIntegerArray at = new AtomicIntegerArray(2);
    Threads.run(
        2,
        thread -> {
          for (int i = 0; i < rounds; i++) {
            at.set(thread, i);
            for (int spins = 0; at.get(1 - thread) < i; spins++) {
              if (spins > 10_000) {
                LockSupport.parkNanos(1); // the other has no processor
              }
            }
            if (thread == 0) {
              accepted[i] = counters[i].trySetMax(era.ofPages(3));
            } else {
              charged[i] = counters[i].tryCharge(4) == null;
            }
          }
          at.set(thread, Integer.MAX_VALUE);
        });
    int limits = 0;
    int charges = 0;
    for (int i = 0; i < rounds; i++) {
      limits += accepted[i] ? 1 : 0;
      charges += charged[i] ? 1 : 0;
      assertThat(accepted[i] && charged[i]).as("round %d: above an accepted limit", i).isFalse();
      assertThat(counters[i].usage()).isEqualTo(era.ofPages(charged[i] ? 4 : 0));
      assertThat(counters[i].failcnt()).isEqualTo(charged[i] ? 0 : 1);
    }
    assertThat(limits).as("limits accepted, or the test says nothing").isPositive();
    assertThat(charges).as("charges accepted").isPositive();
    assertThat(reports).hasValue(0);
  }

  @Test
  void aJointLimitHoldsAndItsWatermarkNeverPassesIt() {
    CounterEra era = CounterEra.RES_COUNTER;
    PageCounter memory = counter(era, null);
    PageCounter kmem = counter(era, null);
    JointLimit joint = new JointLimit(memory, kmem, false);
    memory.shareLimit(joint);
    kmem.shareLimit(joint);
    memory.trySetMax(era.ofPages(64));
    AtomicLong refused = new AtomicLong();
    Threads.run(
        THREADS,
        thread -> {
          SplittableRandom random = new SplittableRandom(99 + thread);
          PageCounter mine = thread % 2 == 0 ? memory : kmem;
          long held = 0; // kept over the next attempt, so that even one processor sees refusals
          for (int i = 0; i < ATTEMPTS; i++) {
            long pages = 1L + random.nextInt(60);
            boolean charged = mine.tryCharge(pages) == null;
            if (!charged) {
              refused.incrementAndGet();
            }
            mine.uncharge(held);
            held = charged ? pages : 0;
          }
          mine.uncharge(held);
        });
    assertThat(memory.usage()).isZero();
    assertThat(kmem.usage()).isZero();
    assertThat(memory.failcnt()).isEqualTo(refused.get()).isPositive();
    assertThat(memory.watermark()).as("max_usage").isLessThanOrEqualTo(era.ofPages(64));
    assertThat(reports).hasValue(0);
  }
}
