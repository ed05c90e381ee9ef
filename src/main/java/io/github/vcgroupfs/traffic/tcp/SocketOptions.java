package io.github.vcgroupfs.traffic.tcp;

/**
 * What the program at each end of a connection sets with {@code setsockopt}. Immutable.
 *
 * @param rcvbuf SO_RCVBUF before the handshake, bytes; or {@link #UNSET}
 * @param sndbuf SO_SNDBUF before the handshake, bytes; or {@link #UNSET}
 * @param nodelay TCP_NODELAY
 * @param notsentLowat TCP_NOTSENT_LOWAT, bytes; or {@link #UNSET}
 * @param reserve SO_RESERVE_MEM after the handshake, bytes; 0: not set
 */
public record SocketOptions(
    int rcvbuf, int sndbuf, boolean nodelay, int notsentLowat, int reserve) {
  /** An option that is left as the kernel has it. */
  public static final int UNSET = -1;

  /** Nothing is set. */
  public static final SocketOptions DEFAULT = new SocketOptions(UNSET, UNSET, false, UNSET, 0);

  /** The same with another SO_RCVBUF. */
  public SocketOptions withRcvbuf(int bytes) {
    return new SocketOptions(bytes, sndbuf, nodelay, notsentLowat, reserve);
  }

  /** The same with another SO_SNDBUF. */
  public SocketOptions withSndbuf(int bytes) {
    return new SocketOptions(rcvbuf, bytes, nodelay, notsentLowat, reserve);
  }

  /** The same with or without TCP_NODELAY. */
  public SocketOptions withNodelay(boolean on) {
    return new SocketOptions(rcvbuf, sndbuf, on, notsentLowat, reserve);
  }

  /** The same with another TCP_NOTSENT_LOWAT. */
  public SocketOptions withNotsentLowat(int bytes) {
    return new SocketOptions(rcvbuf, sndbuf, nodelay, bytes, reserve);
  }

  /** The same with another SO_RESERVE_MEM. */
  public SocketOptions withReserve(int bytes) {
    return new SocketOptions(rcvbuf, sndbuf, nodelay, notsentLowat, bytes);
  }

  /** Whether a connection made with the other options can take these on. */
  public boolean canFollow(SocketOptions other) {
    return rcvbuf == other.rcvbuf && sndbuf == other.sndbuf;
  }
}
