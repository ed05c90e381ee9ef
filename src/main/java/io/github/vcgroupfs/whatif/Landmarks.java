package io.github.vcgroupfs.whatif;

import io.github.vcgroupfs.simulate.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a group that a sentence is about: when its limit is reached, when it is under
 * pressure, when its limit is changed. Not thread-safe.
 */
final class Landmarks {
  static final double NEVER = -1;

  /** What is on its way when the limit is reached may still widen a window. */
  private static final double ON_ITS_WAY_MS = 50;

  private @Nullable Sample last;
  private @Nullable Sample atLimit;
  private long widestBefore;
  private long widestAfter;
  private double pressureFromMs = NEVER;
  private double pressureUntilMs = NEVER;
  private double pressureMs;
  private double changedMs = NEVER;
  private long firstLimit = -1;
  private long maxUsage;
  private long failcntBefore;

  void add(Sample sample) {
    Sample before = last;
    if (before != null) {
      lookAtPressure(before, sample);
      if (sample.limit() != before.limit()) {
        changeLimit(before, sample);
      }
    }
    maxUsage = sample.maxUsage();
    if (firstLimit < 0) {
      firstLimit = sample.limit();
    }
    if (changedMs == NEVER) {
      lookAtLimit(sample);
    }
    if (sample.pressure() && pressureFromMs == NEVER) {
      pressureFromMs = sample.ms();
    }
    last = sample;
  }

  private void lookAtPressure(Sample before, Sample sample) {
    if (before.pressure()) {
      pressureMs += sample.ms() - before.ms();
      pressureUntilMs = sample.ms();
    }
  }

  private void changeLimit(Sample before, Sample sample) {
    if (before.limit() >= 0 && changedMs == NEVER) {
      changedMs = sample.ms();
    }
  }

  private void lookAtLimit(Sample sample) {
    if (atLimit != null && sample.ms() > atLimit.ms() + ON_ITS_WAY_MS) {
      widestAfter = Math.max(widestAfter, sample.window());
    } else {
      widestBefore = Math.max(widestBefore, sample.window());
    }
    if (atLimit == null) {
      boolean refused = sample.failcnt() > failcntBefore;
      if (sample.limit() >= 0 && (sample.usage() >= sample.limit() || refused)) {
        atLimit = sample;
      }
      failcntBefore = sample.failcnt();
    }
  }

  /** The last sample; null: there is none. */
  @Nullable Sample last() {
    return last;
  }

  /** The first limit, bytes; -1: there is none. */
  long firstLimit() {
    return firstLimit;
  }

  /** The most that was ever in use, as the kernel says. */
  long maxUsage() {
    return maxUsage;
  }

  /** When the first limit is reached, ms, or {@link #NEVER}. */
  double reachedMs() {
    return atLimit == null ? NEVER : atLimit.ms();
  }

  /** Whether windows are never again wider than they were when the limit was reached. */
  boolean windowsStopGrowing() {
    return atLimit != null && widestAfter <= widestBefore;
  }

  /** When the limit is changed for the first time, ms, or {@link #NEVER}. */
  double changedMs() {
    return changedMs;
  }

  /** When pressure begins, ms, or {@link #NEVER}. */
  double pressureFromMs() {
    return pressureFromMs;
  }

  /** Until when there was pressure, ms, or {@link #NEVER}. */
  double pressureUntilMs() {
    return pressureUntilMs;
  }

  /** As JSON fields; null: never. */
  Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("reached_ms", orNull(reachedMs()));
    fields.put("limit_changed_ms", orNull(changedMs));
    fields.put("pressure_from_ms", orNull(pressureFromMs));
    fields.put("pressure_ms", round(pressureMs));
    fields.put("windows_stop_growing", windowsStopGrowing());
    fields.put("highest_usage", maxUsage);
    fields.put("dropped", last == null ? 0L : last.dropped());
    fields.put("send_refused", last == null ? 0L : last.refused());
    return fields;
  }

  private static @Nullable Double orNull(double ms) {
    return ms == NEVER ? null : round(ms);
  }

  private static double round(double ms) {
    return Math.round(ms * 100) / 100.0;
  }
}
