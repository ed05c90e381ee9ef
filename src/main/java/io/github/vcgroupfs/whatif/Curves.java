package io.github.vcgroupfs.whatif;

import io.github.vcgroupfs.simulate.Sample;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened to one group, as curves of few points and as landmarks. Not thread-safe. */
final class Curves {
  /** Throughput is taken over that part of the time: reads come in chunks, and would look so. */
  private static final int WINDOWS = 25;

  private final int buckets;
  private final double bucketMs;
  private final Level usage;
  private final Level limit;
  private final Level window;
  private final Level pressure;
  private final Total sent;
  private final Total received;
  private final Total dropped;
  private final Total refused;
  private final Total failcnt;
  private final Landmarks landmarks = new Landmarks();
  private long watermark;

  /**
   * Curves without points.
   *
   * @param points how many points a curve may have
   * @param durationMs how long the scenario lasts
   */
  Curves(int points, double durationMs) {
    this.buckets = points / 2;
    this.bucketMs = durationMs / buckets;
    this.usage = new Level(buckets);
    this.limit = new Level(buckets);
    this.window = new Level(buckets);
    this.pressure = new Level(buckets);
    this.sent = new Total(buckets);
    this.received = new Total(buckets);
    this.dropped = new Total(buckets);
    this.refused = new Total(buckets);
    this.failcnt = new Total(buckets);
  }

  void add(Sample sample) {
    int bucket = bucketOf(sample.ms());
    if (sample.maxUsage() > watermark) { // it was higher since somebody looked
      watermark = sample.maxUsage();
      usage.set(bucket, watermark);
    }
    usage.set(bucket, sample.usage());
    limit.set(bucket, sample.limit());
    window.set(bucket, sample.window());
    pressure.set(bucket, sample.pressure() ? 1 : 0);
    sent.set(bucket, sample.sent());
    received.set(bucket, sample.received());
    dropped.set(bucket, sample.dropped());
    refused.set(bucket, sample.refused());
    failcnt.set(bucket, sample.failcnt());
    landmarks.add(sample);
  }

  Landmarks landmarks() {
    return landmarks;
  }

  /** The curves up to that time, all as long as the first, which is the time itself. */
  Map<String, Object> fields(double untilMs) {
    int last = bucketOf(untilMs);
    for (Level each : new Level[] {usage, limit, window, pressure}) {
      each.moveTo(last);
    }
    for (Total each : new Total[] {sent, received, dropped, refused, failcnt}) {
      each.moveTo(last);
    }
    int count = last + 1;
    int wide = Math.max(1, buckets / WINDOWS);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time_ms", times(count, untilMs));
    fields.put("usage", usage.points(count));
    fields.put("limit", limit.points(count));
    fields.put("window", window.points(count));
    fields.put("pressure", pressure.points(count));
    fields.put("sent_per_s", sent.perSecond(count, wide, bucketMs));
    fields.put("received_per_s", received.perSecond(count, wide, bucketMs));
    fields.put("dropped", dropped.points(count));
    fields.put("send_refused", refused.points(count));
    fields.put("failcnt", failcnt.points(count));
    return fields;
  }

  private int bucketOf(double ms) {
    return (int) Math.max(0, Math.min(buckets - 1L, (long) (ms / bucketMs)));
  }

  private double[] times(int count, double untilMs) {
    double[] times = new double[2 * count];
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.round(Math.min(i * bucketMs / 2, untilMs) * 100) / 100.0;
    }
    return times;
  }
}
