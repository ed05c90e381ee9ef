package io.github.vcgroupfs.differential;

import java.util.List;
import java.util.SplittableRandom;

/** What a script decides by chance. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to just below that. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True as often as that many of a hundred times. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** One of them. */
  @SafeVarargs
  final <T> T of(T... all) {
    return all[random.nextInt(all.length)];
  }

  /** One of them. */
  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
