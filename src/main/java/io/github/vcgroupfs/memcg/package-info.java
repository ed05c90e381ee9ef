/**
 * The memory controller. It counts the memory of each group, keeps it within limits, and notifies
 * programs when usage crosses a threshold. The counters have a package of their own, {@code
 * memcg.counter}, and so has the memory of TCP sockets, {@code memcg.tcp}. Those two packages do
 * not know groups.
 *
 * <p>A <i>memcg</i>, short for memory control group, is what the memory controller keeps of one
 * group. That is four counters (memory, memory and swap, kernel memory, TCP memory), each with its
 * limit and its records, and some settings. The kernel's name for it in C is {@code struct
 * mem_cgroup}.
 *
 * <p>To <i>charge</i> is to add to a group's counter before memory is used; to <i>uncharge</i> is
 * to take the same amount off when the memory is given back. A charge that would take a counter
 * over its limit is refused.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.MemoryController}, every change that a
 * write to a control file can make; {@link io.github.vcgroupfs.memcg.counter.PageCounter}, what
 * charge and uncharge mean.
 *
 * <p><b>Reading order:</b> {@code counter.PageCounter}, {@code tcp.TcpMemory}, {@code MemCgroup},
 * {@code LimitRules}, {@code Injection}, {@code MemoryController}. Events are a topic of their own:
 * {@code MemoryEvent}, {@code MemoryEvents}, {@code GroupEvents}, {@code Thresholds}.
 *
 * <p><b>Threading:</b> charges come from any thread and are lock-free. Everything that a control
 * file writes runs under the hierarchy's lock. Reads take no lock.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock                  the hierarchy's: all control writes
 *   StaticKey.site          an accounting branch is turned on or off
 * GroupRegistrations        of the core; may be taken under any of the above
 *   GroupEvents             who is notified about a group's memory
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
