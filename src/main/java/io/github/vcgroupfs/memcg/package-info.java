/**
 * The model: a tree of memory groups, the counters that memory is charged to, per-group TCP memory
 * with its pressure, and the ports through which processes and events reach it.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.Hierarchy}, the tree; {@link
 * io.github.vcgroupfs.memcg.PageCounter}, what charge and uncharge mean.
 *
 * <p><b>Reading order:</b> {@code PageCounter}, {@code JointLimit}, {@code TcpMemory}, {@code
 * MemCgroup}, {@code LimitRules}, {@code Injection}, {@code Hierarchy}.
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
 * No lock is held while a {@link io.github.vcgroupfs.memcg.ModelListener} is called, but for the
 * hierarchy's own.
 *
 * <p><b>Not here:</b> sockets ({@code sock}), files and text ({@code cgroupfs}), real processes
 * ({@code linux}).
 *
 * <p><b>Source:</b> {@code kernel/res_counter.c}, {@code mm/page_counter.c}, {@code
 * mm/memcontrol.c}, {@code net/ipv4/tcp_memcontrol.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg;

import org.jspecify.annotations.NullMarked;
