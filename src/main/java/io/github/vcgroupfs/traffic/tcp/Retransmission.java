package io.github.vcgroupfs.traffic.tcp;

/**
 * Sends again what was sent, and knows whether that was in vain: {@code tcp_xmit_retransmit_queue},
 * {@code __tcp_retransmit_skb}, {@code undo_marker}. Not thread-safe.
 */
final class Retransmission {
  private static final long MS = 1_000_000;

  private final SendState state;
  private final Transmission transmission;
  private final RtxQueue rtx;

  /** {@code undo_marker}: the first byte not acknowledged when losses began; or -1. */
  private long undoMarker = -1;

  /**
   * {@code undo_retrans}: segments sent again that have not turned out to be duplicates; -1: none
   * was.
   */
  private int undoRetrans;

  /** {@code retrans_stamp}: when something was sent again first; or -1. */
  private long sinceNs = -1;

  Retransmission(SendState state, Transmission transmission) {
    this.state = state;
    this.transmission = transmission;
    this.rtx = state.rtx;
  }

  /** Losses begin to be repaired: {@code tcp_init_undo}. */
  void startEpisode(long sndUna) {
    undoMarker = sndUna;
    undoRetrans = rtx.retransOut() > 0 ? rtx.retransOut() : -1;
  }

  /** So many segments had come before: {@code tcp_check_dsack}. */
  void duplicates(int segments) {
    if (undoMarker >= 0 && undoRetrans > 0) {
      undoRetrans = Math.max(0, undoRetrans - segments);
    }
  }

  /** Whether all that was sent again turned out to be duplicates. */
  boolean wasInVain() {
    return undoMarker >= 0 && undoRetrans == 0;
  }

  /**
   * Whether an acknowledgement answers what was sent before the repair: {@code tcp_packet_delayed}.
   *
   * @param echoNs when the segment was sent that it answers
   */
  boolean isLate(long echoNs) {
    return undoMarker >= 0 && (sinceNs < 0 || echoNs / MS < sinceNs / MS);
  }

  /** Whether nothing that was sent again had been lost: {@code tcp_may_undo}. */
  boolean mayUndo(long echoNs) {
    return wasInVain() || isLate(echoNs);
  }

  /** Nothing is being repaired: {@code tcp_try_to_open}. */
  void over() {
    sinceNs = -1;
  }

  /** It was for nothing, which is enough to know once: {@code tcp_undo_cwnd_reduction}. */
  void undone() {
    undoMarker = -1;
  }

  /** The last segment is sent again, as a probe that counts as nothing else. */
  boolean tail() {
    int last = rtx.size() - 1;
    if (last < 0) {
      return false;
    }
    Skb skb = rtx.get(last);
    int mss = state.mss();
    if (skb.pcount > 1 && skb.len > (skb.pcount - 1) * mss) {
      rtx.split(last, (skb.pcount - 1) * mss, mss);
      last++;
    }
    return send(last, 1);
  }

  /** The first segment is sent again, because of a timeout. */
  void head() {
    repair(0, 1);
  }

  /**
   * {@code tcp_xmit_retransmit_queue}.
   *
   * @return whether the first segment was among them
   */
  boolean lost() {
    boolean first = false;
    for (int i = 0; i < rtx.size(); i++) {
      Skb skb = rtx.get(i);
      int room = state.congestion.cwnd() - rtx.inFlight();
      if (room <= 0) {
        break;
      }
      if (skb.lost && !skb.retransmitted && !skb.sacked) {
        if (!repair(i, room)) {
          break;
        }
        first |= i == 0;
      }
    }
    return first;
  }

  /** {@code tcp_retransmit_skb}: counted as being on its way again, unlike a probe. */
  private boolean repair(int index, int segments) {
    boolean sent = send(index, segments);
    Skb skb = rtx.get(index);
    if (sent) {
      rtx.markRetransmitted(skb);
    }
    undoRetrans = Math.max(undoRetrans, 0) + skb.pcount;
    sinceNs = sinceNs < 0 ? state.nowNs() : sinceNs;
    return sent;
  }

  /** {@code __tcp_retransmit_skb}. */
  private boolean send(int index, int segments) {
    Skb skb = rtx.get(index);
    int mss = state.mss();
    long available = state.windowEnd() - skb.seq;
    if (available <= 0) {
      if (skb.seq != state.sndUna) {
        return false;
      }
      available = mss; // a probe of the closed window
    }
    long len = (long) mss * segments;
    if (len > available) {
      len = available / mss * mss;
      len = len == 0 ? available : len;
    }
    if (skb.len > len) {
      rtx.split(index, (int) len, mss);
    } else {
      skb.unclone();
      rtx.resegment(skb, mss);
      if (skb.len < Math.min(available, mss)) {
        rtx.collapse(index, (int) Math.min(available, mss), state.windowEnd());
      }
    }
    skb.everRetransmitted = true;
    transmission.transmit(skb);
    return true;
  }
}
