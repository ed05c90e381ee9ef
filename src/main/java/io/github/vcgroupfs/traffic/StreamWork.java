package io.github.vcgroupfs.traffic;

/** What a program sends that sends chunk after chunk, at a rate. Not thread-safe. */
final class StreamWork implements Writer.Work {
  private static final long MS = 1_000_000;

  private final Session session;

  /** Whether it is the program of the end that accepted. */
  private final boolean back;

  /** What the program still has to write before it stops. */
  private long leftBytes;

  private long nextNs;

  /** The work of one of the two programs. */
  StreamWork(Session session, boolean back) {
    this.session = session;
    this.back = back;
    this.leftBytes = bytesToSend();
    this.nextNs = session.network().events().nowNs();
  }

  private long bytesToSend() {
    return back ? Transfer.ENDLESS : session.draw(session.spec().transfer().bytes(), true);
  }

  private Rate rate() {
    return back ? session.spec().exchange().back() : session.spec().send();
  }

  private Distribution chunk() {
    Distribution own = session.spec().exchange().backChunk();
    return back && !Exchange.isNone(own) ? own : session.spec().transfer().chunk();
  }

  /** Other numbers; more bytes to send, if there is an end. */
  void change(boolean moreBytes) {
    if (!back && session.spec().transfer().isEndless()) {
      leftBytes = Transfer.ENDLESS;
    } else if (!back && moreBytes) {
      leftBytes = bytesToSend() + (leftBytes == Transfer.ENDLESS ? 0 : leftBytes);
    }
    nextNs = session.network().events().nowNs();
  }

  @Override
  public int next() {
    Rate rate = rate();
    if (rate.isZero()) {
      return 0;
    }
    if (leftBytes <= 0) {
      session.finished();
      return 0;
    }
    long nowNs = session.network().events().nowNs();
    if (!rate.isMax() && nextNs > nowNs) {
      session.side(back).start(nextNs - nowNs);
      return 0;
    }
    long size = session.draw(chunk(), !back);
    if (!rate.isMax()) {
      // An application that was blocked does not make up for it.
      nextNs = Math.max(nextNs, nowNs - MS) + rate.intervalNs(size);
    }
    int bytes = (int) Math.min(size, leftBytes);
    leftBytes -= leftBytes == Transfer.ENDLESS ? 0 : bytes;
    return bytes;
  }

  @Override
  public void returned(int bytes) {
    session.side(back).start(Side.callNs(bytes));
  }
}
