package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Batches of deep counters: nobody sees them but an ancestor's watermark. */
class StocksTest {
  private final AtomicLong broken = new AtomicLong();

  /** A chain of counters, the first without a parent; the last of each branch is batched. */
  private List<PageCounter> chain(PageCounter from, int length) {
    List<PageCounter> counters = new ArrayList<>();
    PageCounter parent = from;
    for (int i = 0; i < length; i++) {
      parent = new PageCounter(CounterEra.PAGE_COUNTER, parent, broken::addAndGet);
      parent.batchIfDeep();
      counters.add(parent);
    }
    return counters;
  }

  /** A batch is really kept, or the other tests prove nothing. */
  @Test
  void aSecondChargeTouchesTheLeafAlone() {
    List<PageCounter> chain = chain(null, 20);
    PageCounter leaf = chain.get(19);
    assertThat(leaf.tryCharge(3)).isNull();
    assertThat(chain.get(0).rawUsage()).isEqualTo(3 + Stocks.BATCH_PAGES);
    assertThat(leaf.tryCharge(2)).isNull();
    assertThat(chain.get(0).rawUsage()).isEqualTo(3 + Stocks.BATCH_PAGES);
    assertThat(chain.get(0).stocksBelow()).isOne();
    assertThat(chain.get(0).usage()).isEqualTo(5);
    assertThat(chain.get(0).stocksBelow()).as("reading takes it back").isZero();
  }

  /** Seven levels up and fewer are walked: what tests compare with kernels is not batched. */
  @Test
  void aCounterWithFewLevelsAboveKeepsNothing() {
    List<PageCounter> chain = chain(null, Stocks.LEAST_DEPTH);
    assertThat(chain.get(Stocks.LEAST_DEPTH - 1).tryCharge(3)).isNull();
    assertThat(chain.get(0).rawUsage()).isEqualTo(3);
    assertThat(chain.get(0).watermark()).isEqualTo(3);
  }

  /** While a level is over its limit, a charge below must be refused, stock or not. */
  @Test
  void aForcedChargeOverALimitEndsBatchesBelowItUntilThereIsRoom() {
    List<PageCounter> chain = chain(null, 20);
    PageCounter leaf = chain.get(19);
    PageCounter limited = chain.get(4);
    assertThat(limited.trySetMax(100)).isTrue();
    assertThat(leaf.tryCharge(5)).isNull();
    assertThat(limited.stocksBelow()).isOne();
    chain.get(6).charge(110);
    assertThat(limited.stocksBelow()).isZero();
    assertThat(leaf.tryCharge(1)).isSameAs(limited);
    leaf.uncharge(3);
    assertThat(leaf.tryCharge(1)).as("not what was just freed").isSameAs(limited);
    assertThat(limited.failcnt()).isEqualTo(2);
    chain.get(6).uncharge(110);
    assertThat(leaf.tryCharge(1)).isNull();
    assertThat(limited.stocksBelow()).isOne();
  }

  /** A reset must not leave a watermark that a charge from a stock would then pass unseen. */
  @Test
  void aWatermarkThatWasResetRisesAgain() {
    List<PageCounter> chain = chain(null, 20);
    PageCounter leaf = chain.get(19);
    assertThat(leaf.tryCharge(3)).isNull();
    chain.get(2).resetWatermark();
    assertThat(chain.get(2).watermark()).isEqualTo(3);
    assertThat(leaf.tryCharge(3)).isNull();
    assertThat(chain.get(2).watermark()).isGreaterThanOrEqualTo(6);
  }

  /** A leaf's own watermark is exact; an ancestor's is so up to the batches below it. */
  @Test
  void onlyTheWatermarkOfAncestorsShowsABatch() {
    List<PageCounter> chain = chain(null, 100);
    PageCounter leaf = chain.get(99);
    assertThat(leaf.tryCharge(3)).isNull();
    assertThat(leaf.watermark()).isEqualTo(3);
    for (PageCounter level : chain) {
      assertThat(level.usage()).isEqualTo(3);
      assertThat(level.watermark()).isBetween(3L, 3 + Stocks.BATCH_PAGES);
    }
  }

  /** Eight threads, two branches, a limit above both: never above it for anybody who reads. */
  @Test
  void nobodySeesMoreThanTheLimitWhileManyCharge() throws Exception {
    List<PageCounter> trunk = chain(null, 20);
    PageCounter fork = trunk.get(19);
    assertThat(fork.trySetMax(500)).isTrue();
    List<PageCounter> leaves = List.of(chain(fork, 30).get(29), chain(fork, 10).get(9));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong worst = new AtomicLong();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                worst.accumulateAndGet(fork.usage(), Math::max);
                worst.accumulateAndGet(fork.usage() < 0 ? Long.MAX_VALUE : 0, Math::max);
              }
            });
    reader.start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      PageCounter leaf = leaves.get(t % 2);
      Random random = new Random(t);
      Thread thread =
          new Thread(
              () -> {
                long held = 0;
                for (int i = 0; i < 30_000; i++) {
                  int pages = 1 + random.nextInt(9);
                  if (random.nextBoolean() && leaf.tryCharge(pages) == null) {
                    held += pages;
                  } else if (held >= pages) {
                    leaf.uncharge(pages);
                    held -= pages;
                  }
                }
                leaf.uncharge(held);
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    done.set(true);
    reader.join();
    // one that is taken back may be seen for a moment (see PageCounter): nine pages a thread
    assertThat(worst.get()).isBetween(1L, 500L + 8 * 9);
    for (PageCounter level : trunk) {
      assertThat(level.usage()).isZero();
    }
    assertThat(broken).hasValue(0);
  }
}
