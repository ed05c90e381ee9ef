package io.github.vcgroupfs.traffic.tcp;

/** Slow start and the cubic function: {@code net/ipv4/tcp_cubic.c}. Not thread-safe. */
final class Cubic implements Congestion {
  private static final int UNLIMITED = Integer.MAX_VALUE / 2;

  /** beta 717/1024 and C 0.4. */
  private static final double BETA = 717 / 1024.0;

  private static final double C = 0.4;

  private int cwnd = INITIAL;
  private int ssthresh = UNLIMITED;
  private int prior;
  private int priorSsthresh = UNLIMITED;
  private boolean recovering;
  private int countedAcks;

  /** The window before the last loss, and when growth began after it. */
  private int lastMax;

  private long epochNs = -1;

  @Override
  public int cwnd() {
    return cwnd;
  }

  @Override
  public long pacingRate(int mssBytes) {
    return UNPACED;
  }

  @Override
  public void acknowledged(RateSample sample) {
    if (!sample.cwndLimited() || recovering) {
      return;
    }
    if (cwnd < ssthresh) {
      cwnd = Math.min(cwnd + sample.acked(), ssthresh);
      return;
    }
    if (epochNs < 0) {
      epochNs = sample.nowNs();
    }
    double seconds = (sample.nowNs() - epochNs) / 1e9;
    double k = Math.cbrt(Math.max(0, lastMax - ssthresh) / C);
    double target = C * Math.pow(seconds - k, 3) + Math.max(lastMax, ssthresh);
    int needed = target > cwnd ? (int) Math.max(2, cwnd / (target - cwnd)) : 100 * cwnd;
    countedAcks += sample.acked();
    if (countedAcks >= needed) {
      cwnd += countedAcks / needed;
      countedAcks %= needed;
    }
  }

  @Override
  public void acknowledgedInLoss(RateSample sample) {
    cwnd = Math.max(cwnd, Math.min(cwnd + sample.acked(), ssthresh));
  }

  @Override
  public void enterLoss(int inFlight) {
    reduce();
    cwnd = inFlight + 1;
  }

  @Override
  public void enterRecovery(int inFlight) {
    reduce();
    cwnd = ssthresh;
  }

  private void reduce() {
    if (!recovering) {
      recovering = true;
      prior = cwnd;
      priorSsthresh = ssthresh;
      lastMax = cwnd;
      ssthresh = Math.max((int) (cwnd * BETA), 2);
      epochNs = -1;
    }
  }

  @Override
  public void undo() {
    cwnd = Math.max(cwnd, prior);
    ssthresh = Math.max(ssthresh, priorSsthresh);
  }

  @Override
  public void recovered(boolean spurious) {
    if (recovering) {
      recovering = false;
      cwnd = spurious ? Math.max(cwnd, prior) : ssthresh;
      ssthresh = spurious ? UNLIMITED : ssthresh;
    }
  }
}
