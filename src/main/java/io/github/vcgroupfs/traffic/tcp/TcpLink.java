package io.github.vcgroupfs.traffic.tcp;

import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;

/**
 * A simulated TCP connection: two sockets and everything between them. Not thread-safe.
 *
 * <p>Each end is a {@link TcpEnd} and can send and receive. Most programs use one direction only,
 * from the end that connected to the end that accepted: {@link #sender} and {@link #receiver}.
 */
public final class TcpLink {
  private final TcpEnd client;
  private final TcpEnd server;

  private TcpLink(TcpEnd client, TcpEnd server) {
    this.client = client;
    this.server = server;
  }

  /**
   * A connection whose handshake is done.
   *
   * @param from the end that connected
   * @param to the end that accepted
   * @param way what is between them
   */
  public static TcpLink connect(End from, End to, SockMemory memory, NetworkPath path, Way way) {
    TcpConstants constants = memory.constants().withMtu(way.spec().mtuBytes());
    sizeBuffers(constants, from.sk(), to.sk());
    TcpEnd client = new TcpEnd(from.sk(), constants, path, way.lane(path, 0), from.application());
    TcpEnd server = new TcpEnd(to.sk(), constants, path, way.lane(path, 1), to.application());
    client.establish(server);
    server.establish(client);
    return new TcpLink(client, server);
  }

  /**
   * A socket and the program that has it. Immutable.
   *
   * @param sk the socket
   * @param application is called when something happens
   */
  public record End(Sock sk, TcpEnd.Application application) {}

  /**
   * The way between two ends. Immutable.
   *
   * @param spec how long it is, and what is left to chance
   * @param seed of what is left to chance
   */
  public record Way(PathSpec spec, long seed) {
    private Lane lane(NetworkPath machine, int direction) {
      return new Lane(machine, spec, Draws.seed(seed, direction));
    }
  }

  /** Sets the buffer sizes that two sockets have after the handshake. */
  public static void sizeBuffers(TcpConstants constants, Sock from, Sock to) {
    for (Sock each : new Sock[] {from, to}) {
      new SndbufGrowth(each, constants).initial();
      RcvbufSize.fixUp(each, constants);
    }
  }

  /** The end that connected. */
  public TcpEnd client() {
    return client;
  }

  /** The end that accepted. */
  public TcpEnd server() {
    return server;
  }

  /** The sending half of the end that connected. */
  public TcpSender sender() {
    return client.sender();
  }

  /** The receiving half of the end that accepted. */
  public TcpReceiver receiver() {
    return server.receiver();
  }

  /** Whether nothing is left of either end. */
  public boolean isOver() {
    return client.isOver() && server.isOver();
  }

  /** Ends both at once, without a word between them. All memory is given back. */
  public void close() {
    client.tearDown();
    server.tearDown();
  }
}
