package io.github.vcgroupfs.traffic.netty;

/**
 * What a channel is charged at a moment. Immutable.
 *
 * @param rmemAlloc held by what was read and not released, or is about to be read; bytes of
 *     truesize
 * @param rcvbuf the most it holds before it stops reading, bytes
 * @param wmemQueued held by what was written and not taken by the socket, bytes of truesize
 * @param sndbuf from when on the channel is not writable, bytes
 * @param forwardAlloc charged and unused, bytes
 * @param accounted whether it is charged to its group: the branch was on when it was made
 * @param pressure whether it is under memory pressure
 * @param refusals charges refused so far
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
