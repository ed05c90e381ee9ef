/**
 * The memory controller: what a group's memory is charged to, its limits, and what is told when
 * usage crosses a threshold. The counters are a package of their own, {@code memcg.counter}, and so
 * is the memory of TCP sockets, {@code memcg.tcp}; neither knows groups.
 *
 * <p>A <i>memory group</i> (memcg) is the part of a control group that this controller keeps: four
 * counters, each with a usage, a limit and two records. Memory is <i>charged</i> to the group of
 * whoever allocates it, and <i>uncharged</i> when it is freed; a charge that would pass a limit is
 * refused.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.MemoryController}, every change that a
 * file can make; {@link io.github.vcgroupfs.memcg.counter.PageCounter}, what charge and uncharge
 * mean.
 *
 * <p><b>Reading order:</b> {@code counter.PageCounter}, {@code tcp.TcpMemory}, {@code MemCgroup},
 * {@code LimitRules}, {@code Injection}, {@code MemoryController}. Events by themselves: {@code
 * MemoryEvent}, {@code MemoryEvents}, {@code GroupEvents}, {@code Thresholds}.
 *
 * <p><b>Threading:</b> charges come from any thread and are lock-free. Everything that a control
 * file writes runs under the hierarchy's lock. Reads take no lock.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock                  the hierarchy's: all control writes
 *   StaticKey.site          the flip of an accounting branch
 * GroupRegistrations        of the core; may be taken under any of the above
 *   GroupEvents             who is to be told about a group's memory
 *     Thresholds            which thresholds are reached; taken by any charge that crosses one
 * </pre>
 *
 * <p><b>Not here:</b> the tree and its members ({@code cgroup}), sockets ({@code sock}), files and
 * text ({@code cgroupfs}).
 *
 * <p><b>Source:</b> {@code mm/memcontrol.c}, {@code mm/vmpressure.c}, {@code
 * net/ipv4/tcp_memcontrol.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg;

import org.jspecify.annotations.NullMarked;
