package io.github.vcgroupfs.whatif;

import io.github.vcgroupfs.simulate.Sample;
import java.util.ArrayList;
import java.util.List;

/** Says in one sentence what happened to a group. It says what was seen, and nothing else. */
final class Sentence {
  /** Sooner than that is "at once". */
  private static final double AT_ONCE_MS = 0.05;

  private Sentence() {}

  /** What happened, up to the last sample. */
  static String of(Landmarks seen) {
    Sample last = seen.last();
    if (last == null) {
      return "Nothing happens.";
    }
    List<String> parts = new ArrayList<>();
    parts.add(limit(seen));
    if (seen.windowsStopGrowing()) {
      parts.add("from then on windows stop growing");
    }
    if (seen.firstLimit() < 0 && seen.pressureFromMs() != Landmarks.NEVER) {
      parts.add(
          "from %s on the whole machine is short of memory"
              .formatted(Words.time(seen.pressureFromMs())));
    }
    String lost = lost(last);
    if (!lost.isEmpty()) {
      parts.add(lost);
    }
    if (seen.changedMs() != Landmarks.NEVER) {
      parts.add(change(seen, last));
    }
    parts.add(readers(last));
    return String.join("; ", parts) + ".";
  }

  private static String limit(Landmarks seen) {
    if (seen.firstLimit() < 0) {
      return "No limit is set, so nothing is counted";
    }
    String limit = Words.bytes(seen.firstLimit());
    if (seen.reachedMs() == Landmarks.NEVER) {
      return "The limit of %s is never reached: at most %s are in use"
          .formatted(limit, Words.bytes(seen.maxUsage()));
    }
    return seen.reachedMs() < AT_ONCE_MS
        ? "The limit of %s is reached at once".formatted(limit)
        : "The limit of %s is reached after %s".formatted(limit, Words.time(seen.reachedMs()));
  }

  private static String lost(Sample last) {
    List<String> lost = new ArrayList<>();
    if (last.dropped() > 0) {
      lost.add(Words.count(last.dropped(), "segment") + " dropped");
    }
    if (last.refused() > 0) {
      lost.add(Words.count(last.refused(), "send") + " refused");
    }
    return String.join(" and ", lost);
  }

  private static String change(Landmarks seen, Sample last) {
    String changed =
        "at %s the limit becomes %s"
            .formatted(
                Words.time(seen.changedMs()),
                last.limit() < 0 ? "unlimited" : Words.bytes(last.limit()));
    boolean ends =
        !last.pressure()
            && seen.pressureUntilMs() != Landmarks.NEVER
            && seen.pressureUntilMs() >= seen.changedMs();
    return ends
        ? changed + ", and pressure ends " + after(seen.pressureUntilMs() - seen.changedMs())
        : changed;
  }

  private static String after(double ms) {
    return ms < 1 ? "at once" : Words.time(ms) + " later";
  }

  private static String readers(Sample last) {
    if (last.received() == 0) {
      return "nobody reads, and senders get %s out".formatted(Words.bytes(last.sent()));
    }
    return "readers get %s/s"
        .formatted(Words.bytes(Math.round(last.received() * 1000 / last.ms())));
  }
}
