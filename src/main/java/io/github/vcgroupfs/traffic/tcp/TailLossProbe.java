package io.github.vcgroupfs.traffic.tcp;

/**
 * A segment that is sent before the timeout, to hear whether the last ones were lost: {@code
 * tcp_send_loss_probe}. Not thread-safe.
 */
final class TailLossProbe {
  private final SendState state;
  private final Transmission transmission;
  private final Retransmission again;

  /** {@code tlp_high_seq}: where the probe in flight ends, or -1. */
  private long endSeq = -1;

  private boolean wasRetransmission;

  TailLossProbe(SendState state, Transmission transmission, Retransmission again) {
    this.state = state;
    this.transmission = transmission;
    this.again = again;
  }

  /**
   * Sends new data, or else the last segment again; but only one probe is in flight.
   *
   * @return whether something was sent
   */
  boolean send() {
    if (endSeq >= 0) {
      return false;
    }
    wasRetransmission = false;
    if (!sendNew()) {
      if (state.headFitsWindow() || !again.tail()) {
        return false;
      }
      wasRetransmission = true;
    }
    endSeq = state.sndNxt;
    return true;
  }

  private boolean sendNew() {
    int before = state.rtx.packetsOut();
    if (state.headFitsWindow()) {
      transmission.writeXmit(true, Transmission.Amount.PROBE);
    }
    return state.rtx.packetsOut() > before;
  }

  /** {@code tcp_process_tlp_ack}. */
  void acknowledged(long sndUna, boolean duplicate) {
    if (endSeq >= 0
        && (sndUna > endSeq || (sndUna == endSeq && (!wasRetransmission || duplicate)))) {
      endSeq = -1;
    }
  }

  /** A repair of losses has begun. */
  void forget() {
    endSeq = -1;
  }
}
