package io.github.vcgroupfs.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The numbers and rules of a kernel's TCP memory management. Immutable.
 *
 * @param memPages the default {@code net.ipv4.tcp_mem}; a constant of the profile, so that the same
 *     scenario gives the same answer on every machine
 * @param rmem {@code net.ipv4.tcp_rmem}
 * @param wmem {@code net.ipv4.tcp_wmem}
 * @param rmemMaxBytes {@code net.core.rmem_max}: decides the window scale
 * @param minSndbufBytes SOCK_MIN_SNDBUF
 * @param advmssBytes the largest segment on loopback, timestamps taken off
 * @param skbOverheadBytes truesize of a send buffer without data
 * @param skbHeadBytes data that fits into that overhead
 * @param jiffyNs length of a timer tick, nanoseconds
 * @param schedule how a need for memory is decided
 * @param reclaim when unused memory goes back
 * @param congestion what drives the congestion window
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
    int skbHeadBytes,
    long jiffyNs,
    ScheduleAlgorithm schedule,
    ReclaimRule reclaim,
    CongestionControl congestion,
    Set<TcpFeature> features) {

  /** Constants; the features in the order of their declaration. */
  public TcpConstants {
    EnumSet<TcpFeature> ordered = EnumSet.noneOf(TcpFeature.class);
    ordered.addAll(features);
    features = Collections.unmodifiableSet(ordered);
  }

  /** Whether this kernel's TCP does that. */
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
        skbHeadBytes,
        jiffyNs,
        schedule,
        reclaim,
        congestion,
        features);
  }
}
