package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;

/**
 * A simulated TCP connection with data in one direction: two sockets and everything between them.
 * Not thread-safe.
 *
 * <p>{@link TcpSender} and {@link TcpReceiver} do the work, over a {@link NetworkPath}.
 */
public final class TcpLink {
  private final TcpSender sender;
  private final TcpReceiver receiver;

  private TcpLink(TcpSender sender, TcpReceiver receiver) {
    this.sender = sender;
    this.receiver = receiver;
  }

  /**
   * A connection whose handshake is done.
   *
   * @param from the socket that sends
   * @param to the socket that receives
   * @param rttNs round-trip time of the path, nanoseconds; 0 is loopback
   * @param ends the two applications, which are called when something happens
   */
  public static TcpLink connect(
      SockMemory memory, NetworkPath path, Sock from, Sock to, long rttNs, Ends ends) {
    TcpSender.sendSyn(from, memory.constants());
    TcpReceiver receiver = new TcpReceiver(to, memory.constants(), path, rttNs / 2, ends::readable);
    TcpSender sender =
        new TcpSender(from, memory.constants(), path, receiver, rttNs / 2, ends::writeSpace);
    receiver.established(sender);
    return new TcpLink(sender, receiver);
  }

  /**
   * Sets the buffer sizes that two sockets have after the handshake, so that they can be connected
   * later.
   *
   * @param from the socket that will send
   * @param to the socket that will receive
   */
  public static void shakeHands(SockMemory memory, Sock from, Sock to) {
    TcpSender.sendSyn(from, memory.constants());
    new SndbufGrowth(from, memory.constants()).initial();
    ReceiveWindow.fixUpRcvbuf(to, memory.constants());
  }

  /** The applications at the two ends. */
  public interface Ends {
    /** Applications that are not called, because they poll. */
    Ends POLLING =
        new Ends() {
          @Override
          public void writeSpace() {}

          @Override
          public void readable() {}
        };

    /** A sender that had found no room can send again. */
    void writeSpace();

    /** There is something to read, or the queue is short of memory. */
    void readable();
  }

  /** The sending end. */
  public TcpSender sender() {
    return sender;
  }

  /** The receiving end. */
  public TcpReceiver receiver() {
    return receiver;
  }

  /** Closes both ends at once. All memory is given back. */
  public void close() {
    sender.close();
    receiver.close();
  }
}
