package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpStats;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The results of a scenario, with the names that the referee uses. Immutable.
 *
 * @param sent bytes that senders wrote
 * @param received bytes that receivers read
 * @param usage {@code memory.kmem.tcp.usage_in_bytes} at the end
 * @param maxUsage {@code memory.kmem.tcp.max_usage_in_bytes} at the end
 * @param failcnt {@code memory.kmem.tcp.failcnt} at the end
 * @param pruned receive queues pruned
 * @param rcvqDropped segments dropped for lack of memory
 * @param zeroWindow windows closed to zero
 * @param dropped segments dropped for lack of memory, in order or not
 * @param segments segments that arrived, the dropped ones too
 */
record Outcome(
    long sent,
    long received,
    long usage,
    long maxUsage,
    long failcnt,
    long pruned,
    long rcvqDropped,
    long zeroWindow,
    long dropped,
    long segments) {

  /** The numbers of a group. */
  static Outcome of(MemCgroup group, long sent, long received) {
    CounterEra era = group.profile().era();
    TcpStats stats = group.tcp().stats();
    return new Outcome(
        sent,
        received,
        era.toBytes(group.tcp().counter().usage()),
        era.toBytes(group.tcp().counter().watermark()),
        group.tcp().counter().failcnt(),
        stats.get(TcpCounter.PRUNED),
        stats.get(TcpCounter.RCVQ_DROPPED),
        stats.get(TcpCounter.ZERO_WINDOW),
        stats.get(TcpCounter.RCVQ_DROPPED) + stats.get(TcpCounter.OFO_DROPPED),
        stats.get(TcpCounter.SEGMENTS_IN));
  }

  /** As JSON fields: first those of the referee, in its order. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sent", sent);
    fields.put("received", received);
    fields.put("usage", usage);
    fields.put("max_usage", maxUsage);
    fields.put("failcnt", failcnt);
    fields.put("pruned", pruned);
    fields.put("rcvq_dropped", rcvqDropped);
    fields.put("zero_window", zeroWindow);
    fields.put("dropped", dropped);
    fields.put("segments", segments);
    return fields;
  }
}
