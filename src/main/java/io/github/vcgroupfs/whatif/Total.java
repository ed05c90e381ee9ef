package io.github.vcgroupfs.whatif;

/** A count that only grows, kept in buckets of equal length. Not thread-safe. */
final class Total {
  private final long[] atEnd;
  private int bucket;
  private long now;

  Total(int buckets) {
    this.atEnd = new long[buckets];
  }

  /** So many by now. Buckets never go backwards. */
  void set(int newBucket, long total) {
    moveTo(newBucket);
    now = total;
  }

  /** None came since. */
  void moveTo(int newBucket) {
    while (bucket < newBucket) {
      atEnd[bucket] = now;
      bucket++;
    }
    atEnd[bucket] = now;
  }

  /** How many there were, twice for each of the first buckets: before it, and at its end. */
  long[] points(int buckets) {
    long[] points = new long[2 * buckets];
    for (int i = 0; i < buckets; i++) {
      points[2 * i] = i == 0 ? 0 : atEnd[i - 1];
      points[2 * i + 1] = atEnd[i];
    }
    return points;
  }

  /**
   * How many came in a second, twice for each of the first buckets.
   *
   * @param window over how many buckets, up to each; fewer at the start
   * @param bucketMs how long a bucket is
   */
  long[] perSecond(int buckets, int window, double bucketMs) {
    long[] points = new long[2 * buckets];
    for (int i = 0; i < buckets; i++) {
      int width = Math.min(window, i + 1);
      long before = i - width < 0 ? 0 : atEnd[i - width];
      points[2 * i] = Math.round((atEnd[i] - before) * 1000 / (width * bucketMs));
      points[2 * i + 1] = points[2 * i];
    }
    return points;
  }
}
