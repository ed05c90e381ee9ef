package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;

/**
 * What a handshake charges: the SYN, to the socket that connects, until it is acknowledged. The
 * request at the other end is no socket, and charged to nobody. Has no state.
 */
public final class Handshake {
  /** TCP_TIMEOUT_INIT: when the SYN would be sent again. */
  public static final long TIMEOUT_NS = 1_000_000_000;

  private Handshake() {}

  /**
   * {@code tcp_connect}: from 4.4 on, the first buffer of a socket is never refused.
   *
   * @return whether there was memory; if not, that is ENOBUFS
   */
  public static boolean sendSyn(Sock sk, TcpConstants constants) {
    int truesize = constants.skbOverheadBytes();
    if (constants.has(TcpFeature.FIRST_SEND_IS_FORCED)) {
      sk.forceSchedule(truesize);
    } else if (!sk.scheduleSend(truesize)) {
      return false;
    }
    sk.queueScheduled(truesize);
    return true;
  }

  /** {@code tcp_rcv_synsent_state_process}: the other end has answered. */
  public static void synAcknowledged(Sock sk, TcpConstants constants) {
    sk.freeSent(constants.skbOverheadBytes());
  }
}
