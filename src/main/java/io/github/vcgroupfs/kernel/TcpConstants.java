package io.github.vcgroupfs.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The numbers and rules of a kernel for TCP memory. Immutable.
 *
 * @param memPages the default of {@code net.ipv4.tcp_mem}; a constant of the profile, so that the
 *     same scenario has the same result on every machine
 * @param rmem {@code net.ipv4.tcp_rmem}
 * @param wmem {@code net.ipv4.tcp_wmem}
 * @param rmemMaxBytes {@code net.core.rmem_max}: decides the window scale
 * @param minSndbufBytes SOCK_MIN_SNDBUF
 * @param advmssBytes the largest segment on loopback, without timestamps
 * @param skbOverheadBytes truesize of a send buffer whose data is in page fragments, without them
 * @param maxTcpHeaderBytes MAX_TCP_HEADER: room for headers in front of the data of a head
 * @param jiffyNs length of a timer tick, nanoseconds
 * @param schedule how a kernel decides whether a socket gets memory
 * @param reclaim when unused memory is given back
 * @param congestion the algorithm that sets the congestion window
 * @param features what this kernel's TCP does
 */
public record TcpConstants(
    TcpMemLimits memPages,
    BufferSizes rmem,
    BufferSizes wmem,
    int rmemMaxBytes,
    int minSndbufBytes,
    int advmssBytes,
    int skbOverheadBytes,
    int maxTcpHeaderBytes,
    long jiffyNs,
    ScheduleAlgorithm schedule,
    ReclaimRule reclaim,
    CongestionControl congestion,
    Set<TcpFeature> features) {

  /** Constants; keeps the features in the order of their declaration. */
  public TcpConstants {
    EnumSet<TcpFeature> ordered = EnumSet.noneOf(TcpFeature.class);
    ordered.addAll(features);
    features = Collections.unmodifiableSet(ordered);
  }

  /** {@code net.core.wmem_max}: the kernels have the default of {@code rmem_max}. */
  public int wmemMaxBytes() {
    return rmemMaxBytes;
  }

  /** SOCK_MIN_RCVBUF. */
  public int minRcvbufBytes() {
    return has(TcpFeature.TINY_RCVBUF) ? 256 : 2048 + 256;
  }

  /** Whether this kernel's TCP has this feature. */
  public boolean has(TcpFeature feature) {
    return features.contains(feature);
  }

  /** The same kernel with other {@code tcp_rmem} and {@code tcp_wmem}. */
  public TcpConstants withBuffers(BufferSizes newRmem, BufferSizes newWmem) {
    return new TcpConstants(
        memPages,
        newRmem,
        newWmem,
        rmemMaxBytes,
        minSndbufBytes,
        advmssBytes,
        skbOverheadBytes,
        maxTcpHeaderBytes,
        jiffyNs,
        schedule,
        reclaim,
        congestion,
        features);
  }
}
