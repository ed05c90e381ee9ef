package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import java.util.List;

/**
 * A look at a running scenario; the live objects, to be read at once.
 *
 * @param nowNs virtual time, nanoseconds
 * @param tree all groups
 * @param group the group
 * @param sentBytes written so far
 * @param receivedBytes read so far
 * @param links its connections
 */
record Observation(
    long nowNs,
    Hierarchy tree,
    MemCgroup group,
    long sentBytes,
    long receivedBytes,
    List<TcpLink> links) {}
