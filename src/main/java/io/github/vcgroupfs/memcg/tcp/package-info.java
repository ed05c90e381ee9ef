/**
 * The memory that TCP sockets take: of one group, and of the whole machine. It knows no sockets and
 * no tree of groups; a group is here what {@link io.github.vcgroupfs.memcg.tcp.TcpGroup} says.
 *
 * <p><b>TCP memory</b> is what the kernel sets aside for the buffers of sockets, counted in pages.
 * Sockets in a group with a limit are charged to the group, and all sockets to the machine.
 *
 * <p><b>Pressure</b> is a flag that goes up when such memory runs short. Sockets that see it keep
 * their buffers small. It refuses nothing by itself: only a limit does.
 *
 * <p><b>An accounting branch</b> says whether new sockets are charged to their groups at all. While
 * no group has a limit nobody needs that, and compiled code skips it at no cost.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.tcp.TcpMemory}, the TCP memory of a group.
 *
 * <p><b>Reading order:</b> {@code Pressure}, {@code TcpMachine}, {@code TcpMemory}, {@code
 * AccountingBranch}.
 *
 * <p><b>Threading:</b> sockets charge from any thread, without a lock. Limits and users of a branch
 * change under the lock of the tree.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * the caller's lock         limits; users of a branch
 *   StaticKey.site          the flip of an accounting branch
 *   Stocks.lock             see memcg.counter
 * Pressure                  one flag; nothing is locked below it
 * </pre>
 *
 * <p><b>Not here:</b> what a socket charges when ({@code sock}); the counters themselves ({@code
 * memcg.counter}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp_memcontrol.c}, {@code include/net/sock.h} ({@code
 * sk_enter_memory_pressure}), {@code mm/memcontrol.c}, {@code mm/vmpressure.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg.tcp;

import org.jspecify.annotations.NullMarked;
