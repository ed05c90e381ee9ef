package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;

/** Connections between two programs of a test that poll. */
final class Polled {
  private Polled() {}

  /** A connection whose handshake is done; the page of its SYN may stay. */
  static TcpLink connect(SockMemory memory, NetworkPath path, Sock from, Sock to, long rttNs) {
    if (memory.constants().has(TcpFeature.FIRST_SEND_IS_FORCED)) {
      Handshake.sendSyn(from, memory.constants());
      Handshake.synAcknowledged(from, memory.constants());
    }
    return TcpLink.connect(
        new TcpLink.End(from, TcpEnd.Application.POLLING),
        new TcpLink.End(to, TcpEnd.Application.POLLING),
        memory,
        path,
        new TcpLink.Way(PathSpec.LOOPBACK.withRttNs(rttNs), 0));
  }
}
