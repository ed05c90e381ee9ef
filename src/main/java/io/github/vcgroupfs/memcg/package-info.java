/**
 * The model: a tree of memory groups, what may be done to it, and the ports through which processes
 * and events reach it. The counters that memory is charged to are a package of their own, {@code
 * memcg.counter}, and so is the memory of TCP sockets, {@code memcg.tcp}; neither knows the tree.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.Hierarchy}, the tree; {@link
 * io.github.vcgroupfs.memcg.counter.PageCounter}, what charge and uncharge mean.
 *
 * <p><b>Reading order:</b> {@code counter.PageCounter}, {@code tcp.TcpMemory}, {@code MemCgroup},
 * {@code LimitRules}, {@code Injection}, {@code Hierarchy}.
 *
 * <p><b>Threading:</b> charges come from any thread and are lock-free. Everything that a control
 * file writes, and every change of the tree, runs under the hierarchy's lock. Reads take no lock.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * Hierarchy.lock            the tree and all control writes
 *   Releases.lock           which groups may have tasks, who is empty
 *     Membership's own lock attach, list
 *   StaticKey.site          the flip of an accounting branch
 * GroupEvents               who is to be told about a group; may be taken under any of the above
 *   Thresholds              which thresholds are reached; taken by any charge that crosses one
 * </pre>
 *
 * <p><b>Not here:</b> counters ({@code memcg.counter}), TCP memory ({@code memcg.tcp}), sockets
 * ({@code sock}), files and text ({@code cgroupfs}), real processes ({@code linux}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c}, {@code mm/memcontrol.c}, {@code
 * net/ipv4/tcp_memcontrol.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg;

import org.jspecify.annotations.NullMarked;
