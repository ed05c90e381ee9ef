package io.github.vcgroupfs.kernel;

/**
 * The numbers of a kernel's TCP memory management.
 *
 * @param memPages the default {@code net.ipv4.tcp_mem}; a constant of the profile, so that the same
 *     scenario gives the same answer on every machine
 * @param rmem {@code net.ipv4.tcp_rmem}
 * @param wmem {@code net.ipv4.tcp_wmem}
 * @param minSndbufBytes SOCK_MIN_SNDBUF
 * @param loopbackMssBytes data bytes in a full segment on loopback
 * @param skbOverheadBytes what SKB_TRUESIZE adds to the data of a buffer
 * @param schedule how a need for memory is decided
 */
public record TcpConstants(
    TcpMemLimits memPages,
    BufferSizes rmem,
    BufferSizes wmem,
    int minSndbufBytes,
    int loopbackMssBytes,
    int skbOverheadBytes,
    ScheduleAlgorithm schedule) {

  TcpConstants withReceiveBuffers(BufferSizes sizes) {
    return new TcpConstants(
        memPages, sizes, wmem, minSndbufBytes, loopbackMssBytes, skbOverheadBytes, schedule);
  }
}
