package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Sample;

/**
 * What is drawn of a group, or of all together. Not thread-safe.
 *
 * @param usage charged bytes
 * @param window what all readers offer to take, bytes
 * @param sent bytes that were written
 * @param received bytes that were read
 * @param dropped segments that were dropped
 * @param refused sends that were refused
 */
record Curves(Track usage, Track window, Tally sent, Tally received, Tally dropped, Tally refused) {

  /** Curves without a value yet. */
  static Curves on(TimeGrid grid) {
    return new Curves(
        grid.track(), grid.track(), grid.tally(), grid.tally(), grid.tally(), grid.tally());
  }

  /** Those values at one moment. Immutable. */
  record Values(long usage, long window, long sent, long received, long dropped, long refused) {
    static final Values NOTHING = new Values(0, 0, 0, 0, 0, 0);

    static Values of(Sample sample) {
      return new Values(
          sample.usage(),
          sample.window(),
          sample.sent(),
          sample.received(),
          sample.dropped(),
          sample.refused());
    }

    Values plus(Values more) {
      return new Values(
          usage + more.usage,
          window + more.window,
          sent + more.sent,
          received + more.received,
          dropped + more.dropped,
          refused + more.refused);
    }

    Values negated() {
      return new Values(-usage, -window, -sent, -received, -dropped, -refused);
    }

    /** Without what a group above counts as its own. */
    Values withoutUsage() {
      return new Values(0, window, sent, received, dropped, refused);
    }
  }

  void set(double ms, Values values) {
    usage.set(ms, (double) values.usage());
    window.set(ms, (double) values.window());
    sent.set(ms, (double) values.sent());
    received.set(ms, (double) values.received());
    dropped.set(ms, (double) values.dropped());
    refused.set(ms, (double) values.refused());
  }
}
