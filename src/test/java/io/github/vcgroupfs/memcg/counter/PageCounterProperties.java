package io.github.vcgroupfs.memcg.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A tree of groups with two counters each, driven through the verbs in any order, against {@link
 * Reference}, a model of a few lines. The seed is fixed and printed; {@code @Property(seed = "")}
 * makes it random.
 */
class PageCounterProperties {
  /** Parent of each group; -1: none. Two trees: one of three levels, and a single group. */
  private static final int[] PARENTS = {-1, 0, 0, 1, 1, 2, -1};

  /** Memory and kernel memory of a group. */
  private static final int KINDS = 2;

  enum Verb {
    TRY_CHARGE,
    CHARGE,
    UNCHARGE,
    SET_MAX,
    RESET_FAILCNT,
    RESET_WATERMARK,
    FLIP
  }

  record Step(Verb verb, int group, int kind, long nrPages) {}

  @Property(seed = "20111206", tries = 2_000)
  void resCountersDoWhatTheReferenceDoes(@ForAll("steps") List<Step> steps) {
    run(CounterEra.RES_COUNTER, steps);
  }

  @Property(seed = "20111206", tries = 2_000)
  void pageCountersDoWhatTheReferenceDoes(@ForAll("steps") List<Step> steps) {
    run(CounterEra.PAGE_COUNTER, steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Verb> verbs =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(8, Verb.TRY_CHARGE),
            net.jqwik.api.Tuple.of(2, Verb.CHARGE),
            net.jqwik.api.Tuple.of(6, Verb.UNCHARGE),
            net.jqwik.api.Tuple.of(4, Verb.SET_MAX),
            net.jqwik.api.Tuple.of(1, Verb.RESET_FAILCNT),
            net.jqwik.api.Tuple.of(1, Verb.RESET_WATERMARK),
            net.jqwik.api.Tuple.of(2, Verb.FLIP));
    return Combinators.combine(
            verbs,
            Arbitraries.integers().between(0, PARENTS.length - 1),
            Arbitraries.integers().between(0, KINDS - 1),
            Arbitraries.longs().between(0, 12))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  private static void run(CounterEra era, List<Step> steps) {
    PageCounter[][] real = new PageCounter[PARENTS.length][KINDS];
    Reference reference = new Reference();
    for (int group = 0; group < PARENTS.length; group++) {
      for (int kind = 0; kind < KINDS; kind++) {
        PageCounter parent = PARENTS[group] < 0 ? null : real[PARENTS[group]][kind];
        real[group][kind] = new PageCounter(era, parent, ModelListener.SILENT);
      }
    }
    for (Step step : steps) {
      boolean accepted = apply(era, real, reference, step);
      assertThat(accepted).as("accepted: %s", step).isEqualTo(reference.apply(step));
      for (int group = 0; group < PARENTS.length; group++) {
        for (int kind = 0; kind < KINDS; kind++) {
          assertSame(era, real[group][kind], reference, group, kind, step);
        }
      }
    }
  }

  private static boolean apply(
      CounterEra era, PageCounter[][] real, Reference reference, Step step) {
    PageCounter counter = real[step.group][step.kind];
    switch (step.verb) {
      case TRY_CHARGE -> {
        return counter.tryCharge(step.nrPages) == null;
      }
      case CHARGE -> counter.charge(step.nrPages);
      case UNCHARGE -> counter.uncharge(step.nrPages);
      case SET_MAX -> {
        return counter.trySetMax(era.ofPages(step.nrPages));
      }
      case RESET_FAILCNT -> counter.records().resetFailcnt();
      case RESET_WATERMARK -> counter.resetWatermark();
      case FLIP -> {
        JointLimit limit =
            reference.joint[step.group]
                ? null
                : new JointLimit(real[step.group][0], real[step.group][1], false);
        real[step.group][0].shareLimit(limit);
        real[step.group][1].shareLimit(limit);
      }
    }
    return true;
  }

  private static void assertSame(
      CounterEra era, PageCounter real, Reference reference, int group, int kind, Step step) {
    assertThat(
            List.of(
                era.toPages(real.usage()),
                era.toPages(real.watermark()),
                real.failcnt(),
                real.isLimited() ? era.toPages(real.max()) : Long.MAX_VALUE))
        .as("usage, watermark, failcnt, max of group %d kind %d after %s", group, kind, step)
        .containsExactly(
            reference.usage[group][kind],
            reference.watermark[group][kind],
            reference.failcnt[group][kind],
            reference.max[group][kind]);
  }

  /** The model, in pages. */
  private static final class Reference {
    final long[][] usage = new long[PARENTS.length][KINDS];
    final long[][] max = new long[PARENTS.length][KINDS];
    final long[][] watermark = new long[PARENTS.length][KINDS];
    final long[][] failcnt = new long[PARENTS.length][KINDS];
    final boolean[] joint = new boolean[PARENTS.length];

    Reference() {
      for (long[] group : max) {
        java.util.Arrays.fill(group, Long.MAX_VALUE);
      }
    }

    boolean apply(Step s) {
      switch (s.verb) {
        case TRY_CHARGE, CHARGE -> {
          for (int g = s.group; g >= 0; g = PARENTS[g]) {
            int holder = joint[g] ? 0 : s.kind;
            if (s.verb == Verb.TRY_CHARGE && held(g, holder) + s.nrPages > max[g][holder]) {
              failcnt[g][holder]++;
              for (int below = s.group; below != g; below = PARENTS[below]) {
                usage[below][s.kind] -= s.nrPages;
              }
              return false;
            }
            usage[g][s.kind] += s.nrPages;
            watermark[g][s.kind] = Math.max(watermark[g][s.kind], usage[g][s.kind]);
            watermark[g][holder] = Math.max(watermark[g][holder], held(g, holder));
          }
        }
        case UNCHARGE -> {
          for (int g = s.group; g >= 0; g = PARENTS[g]) {
            usage[g][s.kind] = Math.max(usage[g][s.kind] - s.nrPages, 0);
          }
        }
        case SET_MAX -> {
          if (held(s.group, s.kind) > s.nrPages) {
            return false;
          }
          max[s.group][s.kind] = s.nrPages;
        }
        case RESET_FAILCNT -> failcnt[s.group][s.kind] = 0;
        case RESET_WATERMARK -> watermark[s.group][s.kind] = held(s.group, s.kind);
        case FLIP -> joint[s.group] = !joint[s.group];
      }
      return true;
    }

    /** What stands against the limit of that counter. */
    private long held(int g, int kind) {
      return !joint[g] ? usage[g][kind] : kind == 0 ? usage[g][0] + usage[g][1] : 0;
    }
  }
}
