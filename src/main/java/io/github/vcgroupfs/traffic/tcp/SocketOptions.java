package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;
import org.jspecify.annotations.Nullable;

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

  /** What is set before the handshake. */
  public void applyTo(Sock sk) {
    if (rcvbuf != UNSET) {
      sk.lockRcvbuf(rcvbuf);
    }
    if (sndbuf != UNSET) {
      sk.lockSndbuf(sndbuf);
    }
  }

  /**
   * What a kernel does not know of these options.
   *
   * @return a sentence, or null: it knows all of them
   */
  public @Nullable String unknownTo(TcpConstants constants) {
    if (notsentLowat != UNSET && !constants.has(TcpFeature.NOTSENT_LOWAT)) {
      return "notsent_lowat needs TCP_NOTSENT_LOWAT, which Linux has from 3.12 on";
    }
    if (reserve != 0 && !constants.has(TcpFeature.RESERVE_MEM)) {
      return "reserve needs SO_RESERVE_MEM, which Linux has from 5.17 on";
    }
    return null;
  }

  /** Whether a connection made with the other options can take these on. */
  public boolean canFollow(SocketOptions other) {
    return rcvbuf == other.rcvbuf && sndbuf == other.sndbuf;
  }
}
