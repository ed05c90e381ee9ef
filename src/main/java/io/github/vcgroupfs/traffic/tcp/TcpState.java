package io.github.vcgroupfs.traffic.tcp;

/** The state of an end of a connection, with the name that {@code ss} has for it. */
public enum TcpState {
  /** {@code connect} waits for the other end. */
  SYN_SENT("SYN-SENT"),
  /** A connection request that waits for the last part of the handshake. */
  SYN_RECV("SYN-RECV"),
  /** Data goes both ways. */
  ESTABLISHED("ESTAB"),
  /** Closed here; the FIN, or data before it, is not acknowledged. */
  FIN_WAIT1("FIN-WAIT-1"),
  /** Closed here; the other end still may send. */
  FIN_WAIT2("FIN-WAIT-2"),
  /** Both closed at the same time, and the FIN of this end is not acknowledged. */
  CLOSING("CLOSING"),
  /** The other end has closed. */
  CLOSE_WAIT("CLOSE-WAIT"),
  /** The other end has closed, then this one, and the FIN of this one is not acknowledged. */
  LAST_ACK("LAST-ACK"),
  /** Over, but segments that are late are still waited for: no socket is left, no memory. */
  TIME_WAIT("TIME-WAIT"),
  /** Over. */
  CLOSED("UNCONN");

  private final String label;

  TcpState(String label) {
    this.label = label;
  }

  /** As {@code ss} has it. */
  public String label() {
    return label;
  }

  /** Whether this end may still send new data. */
  boolean mayWrite() {
    return this == ESTABLISHED || this == CLOSE_WAIT;
  }

  /** Whether this end has sent its FIN, or has it waiting behind its data. */
  boolean sentFin() {
    return this == FIN_WAIT1 || this == CLOSING || this == LAST_ACK;
  }
}
