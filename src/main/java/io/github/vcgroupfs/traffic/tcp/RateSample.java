package io.github.vcgroupfs.traffic.tcp;

/**
 * What an acknowledgement says of the path: {@code struct rate_sample}. Immutable.
 *
 * @param nowNs when it came
 * @param acked segments it acknowledged
 * @param inFlight segments still in flight
 * @param losses segments that turned out to be lost
 * @param delivered segments delivered so far
 * @param priorDelivered segments that were delivered when the acknowledged buffer was sent
 * @param intervalNs in which the difference was delivered
 * @param rttNs round trip
 * @param appLimited whether the application had no more to send then
 * @param cwndLimited whether the congestion window held the sender back
 */
record RateSample(
    long nowNs,
    int acked,
    int inFlight,
    int losses,
    long delivered,
    long priorDelivered,
    long intervalNs,
    long rttNs,
    boolean appLimited,
    boolean cwndLimited) {}
