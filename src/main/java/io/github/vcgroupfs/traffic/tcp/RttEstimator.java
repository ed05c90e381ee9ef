package io.github.vcgroupfs.traffic.tcp;

/**
 * The smoothed round-trip time and the retransmission timeout that follows from it: {@code
 * tcp_rtt_estimator}, {@code tcp_set_rto}. Microseconds, the smoothed value times eight. Not
 * thread-safe.
 */
final class RttEstimator {
  /** TCP_RTO_MIN and TCP_RTO_MAX. */
  static final int RTO_MIN_US = 200_000;

  /** TCP_TIMEOUT_MIN_US. */
  private static final int TIMEOUT_MIN_US = 2_000;

  private static final long RTO_MAX_US = 120_000_000;

  private final int jiffyUs;
  private int srtt;
  private int mdev;
  private int mdevMax;
  private int rttvar;
  private long rttSeq;
  private int minRttUs;

  /** How often the timeout was doubled; counts in {@link #rtoTicks()}. */
  private int backoff;

  RttEstimator(long jiffyNs, long handshakeNs) {
    this.jiffyUs = (int) (jiffyNs / 1000);
    sample((int) Math.max(1, handshakeNs / 1000), 0, 0);
  }

  /** A round trip was measured. */
  void sample(int us, long sndUna, long sndNxt) {
    int m = Math.max(1, us);
    minRttUs = minRttUs == 0 ? m : Math.min(minRttUs, m);
    backoff = 0;
    if (srtt == 0) {
      srtt = m << 3;
      mdev = m << 1;
      rttvar = Math.max(mdev, RTO_MIN_US);
      mdevMax = rttvar;
      rttSeq = sndNxt;
      return;
    }
    m -= srtt >> 3;
    srtt += m;
    if (m < 0) {
      m = -m - (mdev >> 2);
      if (m > 0) {
        m >>= 3;
      }
    } else {
      m -= mdev >> 2;
    }
    mdev += m;
    if (mdev > mdevMax) {
      mdevMax = mdev;
      rttvar = Math.max(rttvar, mdevMax);
    }
    if (sndUna > rttSeq) {
      if (mdevMax < rttvar) {
        rttvar -= (rttvar - mdevMax) >> 2;
      }
      rttSeq = sndNxt;
      mdevMax = RTO_MIN_US;
    }
  }

  /** The shortest round trip seen, nanoseconds. */
  long minRttNs() {
    return minRttUs * 1000L;
  }

  /** The smoothed round trip, nanoseconds. */
  long smoothedNs() {
    return (srtt >> 3) * 1000L;
  }

  /** {@code icsk_rto}: ticks, doubled as often as the timer fired. */
  long rtoTicks() {
    long us = (long) (srtt >> 3) + rttvar;
    long ticks = ticks(Math.min(us, RTO_MAX_US));
    return Math.min(ticks << Math.min(backoff, 20), ticks(RTO_MAX_US));
  }

  void backOff() {
    backoff++;
  }

  /** The wait of a tail loss probe before it is cut to the timeout, microseconds. */
  long lossProbeUs(int packetsOut) {
    return (long) (srtt >> 2) + (packetsOut == 1 ? RTO_MIN_US : TIMEOUT_MIN_US);
  }

  /** Microseconds in ticks, rounded up: {@code usecs_to_jiffies}. */
  long ticks(long us) {
    return (us + jiffyUs - 1) / jiffyUs;
  }
}
