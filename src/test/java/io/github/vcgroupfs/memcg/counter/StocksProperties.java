package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Two trees of the same shape, one with batches and one that walks every level, driven through the
 * same steps. Nobody may see a difference but in an ancestor's watermark.
 *
 * <p>A trunk of {@value #TRUNK} levels forks into branches of {@value #BRANCH} levels; charges come
 * at both leaves, halfway up a branch, where there is a stock below, and at the fork. Reading a
 * usage takes stocks back, so only some steps read, and only one level.
 */
class StocksProperties {
  private static final int TRUNK = 9;
  private static final int BRANCH = 4;
  private static final int LEVELS = TRUNK + 2 * BRANCH;

  /** Who charges: the fork, halfway up the first branch, both leaves. */
  private static final int[] CHARGERS = {TRUNK - 1, TRUNK + 1, TRUNK + BRANCH - 1, LEVELS - 1};

  enum Verb {
    TRY_CHARGE,
    CHARGE,
    CHARGE_NOFAIL,
    UNCHARGE,
    SET_MAX,
    NO_MAX,
    RESET_WATERMARK,
    READ,
    RETIRE
  }

  /** One step: what, by whom, at which level, how many pages. */
  record Step(Verb verb, int charger, int level, long nrPages) {}

  private final AtomicLong broken = new AtomicLong();

  @Property(seed = "20111206", tries = 1_500)
  void resCountersWithBatchesDoWhatThoseWithoutDo(@ForAll("steps") List<Step> steps) {
    run(CounterEra.RES_COUNTER, steps);
  }

  @Property(seed = "20111206", tries = 1_500)
  void pageCountersWithBatchesDoWhatThoseWithoutDo(@ForAll("steps") List<Step> steps) {
    run(CounterEra.PAGE_COUNTER, steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Verb> verbs =
        Arbitraries.frequency(
            Tuple.of(24, Verb.TRY_CHARGE),
            Tuple.of(2, Verb.CHARGE),
            Tuple.of(2, Verb.CHARGE_NOFAIL),
            Tuple.of(18, Verb.UNCHARGE),
            Tuple.of(5, Verb.SET_MAX),
            Tuple.of(4, Verb.NO_MAX),
            Tuple.of(2, Verb.RESET_WATERMARK),
            Tuple.of(4, Verb.READ),
            Tuple.of(1, Verb.RETIRE));
    Arbitrary<Long> pages =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(0, 9)),
            Tuple.of(1, Arbitraries.longs().between(0, 4 * Stocks.BATCH_PAGES)));
    return Combinators.combine(
            verbs,
            Arbitraries.integers().between(0, CHARGERS.length - 1),
            Arbitraries.integers().between(0, LEVELS - 1),
            pages)
        .as(Step::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(120);
  }

  private List<PageCounter> tree(CounterEra era, boolean batched) {
    List<PageCounter> counters = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      int above = i == TRUNK + BRANCH ? TRUNK - 1 : i - 1;
      PageCounter parent = above < 0 ? null : counters.get(above);
      PageCounter counter = new PageCounter(era, parent, broken::addAndGet);
      if (batched) {
        counter.batchIfDeep();
      }
      counters.add(counter);
    }
    return counters;
  }

  private void run(CounterEra era, List<Step> steps) {
    List<PageCounter> batched = tree(era, true);
    List<PageCounter> plain = tree(era, false);
    long[] held = new long[CHARGERS.length];
    for (Step step : steps) {
      int charger = CHARGERS[step.charger];
      long nrPages =
          step.verb == Verb.UNCHARGE ? Math.min(step.nrPages, held[step.charger]) : step.nrPages;
      int answer = apply(batched, step, charger, nrPages);
      assertThat(answer).as("answer: %s", step).isEqualTo(apply(plain, step, charger, nrPages));
      held[step.charger] += change(step.verb, answer, nrPages);
      for (int i = 0; i < LEVELS; i++) {
        assertThat(batched.get(i).failcnt())
            .as("failcnt of %s after %s", i, step)
            .isEqualTo(plain.get(i).failcnt());
        assertWatermark(era, batched.get(i), plain.get(i), i, step);
      }
    }
    for (int i = 0; i < LEVELS; i++) {
      assertThat(batched.get(i).usage()).as("usage of %s", i).isEqualTo(plain.get(i).usage());
    }
    for (int i = 0; i < CHARGERS.length; i++) {
      batched.get(CHARGERS[i]).uncharge(held[i]);
    }
    assertThat(batched).allSatisfy(counter -> assertThat(counter.usage()).isZero());
    assertThat(broken).as("more uncharged than charged").hasValue(0);
  }

  /** The leaves' own are exact. An ancestor's may be higher, by two batches for each that has. */
  private static void assertWatermark(
      CounterEra era, PageCounter batched, PageCounter plain, int level, Step step) {
    boolean leaf = level == TRUNK + BRANCH - 1 || level == LEVELS - 1;
    // stocks of the leaves, of the charger halfway up and of the fork, and one that is being tried
    long most = leaf ? 0 : era.ofPages((4 * 2 + 1) * Stocks.BATCH_PAGES);
    assertThat(batched.watermark())
        .as("watermark of %s after %s", level, step)
        .isBetween(plain.watermark(), plain.watermark() + most);
  }

  private static long change(Verb verb, int answer, long nrPages) {
    return switch (verb) {
      case TRY_CHARGE -> answer < 0 ? nrPages : 0;
      case CHARGE, CHARGE_NOFAIL -> nrPages;
      case UNCHARGE -> -nrPages;
      default -> 0;
    };
  }

  /** Does it to one tree; says who refused, whether it was set, or what was read. */
  private static int apply(List<PageCounter> tree, Step step, int charger, long nrPages) {
    PageCounter counter = tree.get(charger);
    PageCounter level = tree.get(step.level);
    CounterEra era = level.era();
    return switch (step.verb) {
      case TRY_CHARGE -> indexOf(tree, counter.tryCharge(nrPages));
      case CHARGE_NOFAIL -> indexOf(tree, NofailCharge.charge(counter, nrPages, true));
      case CHARGE -> {
        counter.charge(nrPages);
        yield 0;
      }
      case UNCHARGE -> {
        counter.uncharge(nrPages);
        yield 0;
      }
      case SET_MAX -> level.trySetMax(era.ofPages(30 * nrPages)) ? 1 : 0;
      case NO_MAX -> level.trySetMax(era.unlimited()) ? 1 : 0;
      case RESET_WATERMARK -> {
        level.resetWatermark();
        yield 0;
      }
      case READ -> (int) era.toPages(level.usage());
      case RETIRE -> {
        counter.retire();
        yield 0;
      }
    };
  }

  private static int indexOf(List<PageCounter> tree, PageCounter refused) {
    return refused == null ? -1 : tree.indexOf(refused);
  }
}
