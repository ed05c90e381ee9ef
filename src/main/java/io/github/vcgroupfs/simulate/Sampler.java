package io.github.vcgroupfs.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes samples on: for each group at most one in a millisecond of virtual time, and none in which
 * nothing has changed. Not thread-safe.
 */
final class Sampler {
  private static final double LEAST_MS = 1;

  private final List<SampleSink> sinks;
  private final Map<String, Sample> last = new HashMap<>();

  Sampler(List<SampleSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  /** Whether anybody looks. */
  boolean isWatched() {
    return !sinks.isEmpty();
  }

  void offer(Sample sample) {
    String key = sample.scenario() + '\0' + sample.group();
    Sample before = last.get(key);
    if (before != null && (sample.ms() < before.ms() + LEAST_MS || sample.sameAs(before))) {
      return;
    }
    last.put(key, sample);
    try {
      for (SampleSink sink : sinks) {
        sink.accept(sample);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
