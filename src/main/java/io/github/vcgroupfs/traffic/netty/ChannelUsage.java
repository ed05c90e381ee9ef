package io.github.vcgroupfs.traffic.netty;

/**
 * What a channel is charged at one moment. Immutable.
 *
 * @param rmemAlloc what is held by data that was read and not released, or is about to be read;
 *     bytes of truesize
 * @param rcvbuf the most it holds before it stops reading, bytes
 * @param wmemQueued what is held by data that was written and that the socket has not taken, bytes
 *     of truesize
 * @param sndbuf above this the channel is not writable, bytes
 * @param forwardAlloc forward allocation: charged and not used, bytes
 * @param accounted whether it is charged to its group: the branch was on when it was made
 * @param pressure whether it is under memory pressure
 * @param refusals how many charges were refused so far
 * @param pausedNs how long it did not read because a charge was refused, nanoseconds
 */
public record ChannelUsage(
    int rmemAlloc,
    int rcvbuf,
    int wmemQueued,
    int sndbuf,
    int forwardAlloc,
    boolean accounted,
    boolean pressure,
    long refusals,
    long pausedNs) {}
