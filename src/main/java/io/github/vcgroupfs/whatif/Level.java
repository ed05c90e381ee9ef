package io.github.vcgroupfs.whatif;

/**
 * A value over time that stays as it is until it changes, kept in buckets of equal length. Of each
 * bucket the smallest and the largest value are known, in the order in which they came: so a curve
 * of two points a bucket shows every peak. Not thread-safe.
 */
final class Level {
  private final long[] first;
  private final long[] second;
  private int bucket = -1;
  private long held;
  private long least;
  private long most;
  private boolean mostCameLast;

  Level(int buckets) {
    this.first = new long[buckets];
    this.second = new long[buckets];
  }

  /** From now on it has that value. Buckets never go backwards. */
  void set(int newBucket, long value) {
    if (bucket < 0) {
      held = value; // nobody looked before
    }
    moveTo(newBucket);
    held = value;
    if (value < least) {
      least = value;
      mostCameLast = false;
    } else if (value > most) {
      most = value;
      mostCameLast = true;
    }
  }

  /** Goes on with the value that it has. */
  void moveTo(int newBucket) {
    while (bucket < newBucket) {
      keep();
      bucket++;
      least = held;
      most = held;
      mostCameLast = true;
    }
  }

  private void keep() {
    if (bucket >= 0) {
      first[bucket] = mostCameLast ? least : most;
      second[bucket] = mostCameLast ? most : least;
    }
  }

  /** Two values for each of the first buckets. */
  long[] points(int buckets) {
    keep();
    long[] points = new long[2 * buckets];
    for (int i = 0; i < buckets; i++) {
      points[2 * i] = first[i];
      points[2 * i + 1] = second[i];
    }
    return points;
  }
}
