package io.github.vcgroupfs.traffic;

/**
 * What a relay is. Immutable.
 *
 * @param listen where it accepts connections; port 0: any that is free
 * @param connect where it takes them
 * @param sndbufBytes SO_SNDBUF of both sockets, or {@link #BY_KERNEL}
 * @param rcvbufBytes SO_RCVBUF of both sockets and the most that each direction holds, or {@link
 *     #BY_KERNEL}
 * @param timeoutSeconds how long to wait for a peer that takes nothing of what waits for it
 */
record RelaySpec(
    Endpoint listen, Endpoint connect, int sndbufBytes, int rcvbufBytes, int timeoutSeconds) {
  /** A buffer that the kernel sizes. */
  static final int BY_KERNEL = 0;

  /**
   * A host and a port, as written.
   *
   * @param host an address or a name
   */
  record Endpoint(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }
}
