package io.github.vcgroupfs.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes samples on. Usually, for each group at most one in a millisecond of virtual time, and none
 * in which nothing has changed; or else each of them. Not thread-safe.
 */
final class Sampler {
  private static final double LEAST_MS = 1;

  /** How often a free-form scenario is looked at. */
  private static final long USUAL_NS = 5_000_000;

  private static final long SHORTEST_NS = 50_000;

  /** A prime: who looks in step with the programs of a scenario sees always the same. */
  private static final int LOOKS = 3_989;

  private final List<SampleSink> sinks;
  private final boolean each;
  private final Map<String, Sample> last = new HashMap<>();

  private Sampler(List<SampleSink> sinks, boolean each) {
    this.sinks = List.copyOf(sinks);
    this.each = each;
  }

  /** For files: what nobody would see is left out. */
  static Sampler thinned(List<SampleSink> sinks) {
    return new Sampler(sinks, false);
  }

  /** For somebody who thins out himself, and needs every peak. */
  static Sampler each(SampleSink sink) {
    return new Sampler(List.of(sink), true);
  }

  /** Whether anybody looks. */
  boolean isWatched() {
    return !sinks.isEmpty();
  }

  /** How often to look at a scenario that lasts that long, nanoseconds. */
  long intervalNs(double seconds) {
    if (!each) {
      return USUAL_NS;
    }
    return Math.max(SHORTEST_NS, (long) (seconds * 1e9 / LOOKS));
  }

  /** All that is offered from now on is of that scenario. */
  void begin(Scene scene) {
    last.clear();
    tell(sink -> sink.begin(scene));
  }

  /** The scenario has done something. */
  void happened(Happening happening) {
    tell(sink -> sink.happened(happening));
  }

  void offer(Sample sample) {
    if (each || isNews(sample)) {
      tell(sink -> sink.accept(sample));
    }
  }

  /** What a group has come to, if it is something new. */
  void offerLast(Sample sample) {
    Sample before = last.get(keyOf(sample));
    if (each || before == null || !sample.sameAs(before)) {
      tell(sink -> sink.accept(sample));
    }
  }

  /** The scenario has ended. */
  void end(long nowNs) {
    tell(sink -> sink.end(nowNs / 1e6));
  }

  private void tell(Telling telling) {
    try {
      for (SampleSink sink : sinks) {
        telling.tell(sink);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What is said to each who looks. */
  private interface Telling {
    void tell(SampleSink sink) throws IOException;
  }

  private static String keyOf(Sample sample) {
    return sample.scenario() + '\0' + sample.group();
  }

  private boolean isNews(Sample sample) {
    String key = keyOf(sample);
    Sample before = last.get(key);
    if (before != null && (sample.ms() < before.ms() + LEAST_MS || sample.sameAs(before))) {
      return false;
    }
    last.put(key, sample);
    return true;
  }
}
