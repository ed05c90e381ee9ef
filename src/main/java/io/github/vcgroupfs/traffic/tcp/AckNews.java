package io.github.vcgroupfs.traffic.tcp;

/**
 * What an acknowledgement says to a sender that repairs losses: the flags of {@code tcp_ack}.
 * Immutable.
 *
 * @param advanced whether something new was acknowledged
 * @param sacked whether something new was selectively acknowledged
 * @param original whether that was sent once, and before the repair began
 * @param duplicate whether it says nothing new at all
 * @param dsacked segments that it says came twice
 * @param echoNs when the segment was sent that it answers
 */
record AckNews(
    boolean advanced,
    boolean sacked,
    boolean original,
    boolean duplicate,
    int dsacked,
    long echoNs) {}
