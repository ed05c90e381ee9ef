package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LevelTest {
  @Test
  void staysAsItIsUntilItChanges() {
    Level level = new Level(4);
    level.set(0, 5);
    level.set(2, 7);
    level.moveTo(3);
    assertThat(level.points(4)).containsExactly(5, 5, 5, 5, 5, 7, 7, 7);
  }

  @Test
  void hasTheFirstValueBeforeAnybodyLooked() {
    Level level = new Level(3);
    level.set(2, 9);
    assertThat(level.points(3)).containsExactly(9, 9, 9, 9, 9, 9);
  }

  @Test
  void bothExtremesOfABucketAreInTheOrderInWhichTheyCame() {
    Level level = new Level(2);
    level.set(0, 5);
    level.set(0, 9);
    level.set(0, 1);
    level.set(0, 4);
    level.set(1, 4);
    level.set(1, 2);
    level.set(1, 8);
    assertThat(level.points(2)).containsExactly(9, 1, 2, 8);
  }

  @Test
  void canBeAskedMoreThanOnce() {
    Level level = new Level(2);
    level.set(0, 3);
    level.moveTo(1);
    assertThat(level.points(2)).isEqualTo(level.points(2)).containsExactly(3, 3, 3, 3);
  }

  /** However many values there are, no peak and no gap is lost. */
  @Test
  void losesNoPeak() {
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      int buckets = 1 + random.nextInt(20);
      long[] least = new long[buckets];
      long[] most = new long[buckets];
      Level level = new Level(buckets);
      long held = random.nextInt(100);
      level.set(0, held);
      for (int bucket = 0; bucket < buckets; bucket++) {
        least[bucket] = held;
        most[bucket] = held;
        for (int i = random.nextInt(50); i > 0; i--) {
          held = random.nextInt(100);
          least[bucket] = Math.min(least[bucket], held);
          most[bucket] = Math.max(most[bucket], held);
          level.set(bucket, held);
        }
      }
      level.moveTo(buckets - 1);
      long[] points = level.points(buckets);
      for (int i = 0; i < buckets; i++) {
        long[] pair = {points[2 * i], points[2 * i + 1]};
        Arrays.sort(pair);
        assertThat(pair).as("round %d, bucket %d", round, i).containsExactly(least[i], most[i]);
      }
    }
  }
}
