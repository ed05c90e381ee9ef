package io.github.vcgroupfs.traffic.tcp;

/**
 * The way between two ends, as {@code sch_netem} makes it on the interfaces of both: each packet
 * waits half of the round trip, and is late or early by up to the jitter. Immutable.
 *
 * @param rttNs round-trip time, nanoseconds; 0 is loopback
 * @param jitterNs by how much a packet is late or early at most; each as likely, so that packets
 *     overtake each other
 * @param loss how probable it is that a packet is lost, each way: 0 to 1
 */
public record PathSpec(long rttNs, long jitterNs, double loss) {
  /** The same machine. */
  public static final PathSpec LOOPBACK = new PathSpec(0, 0, 0);

  /** The same with another round trip. */
  public PathSpec withRttNs(long ns) {
    return new PathSpec(ns, jitterNs, loss);
  }

  /** The same with another jitter. */
  public PathSpec withJitterNs(long ns) {
    return new PathSpec(rttNs, ns, loss);
  }

  /** The same with another loss. */
  public PathSpec withLoss(double probability) {
    return new PathSpec(rttNs, jitterNs, probability);
  }
}
