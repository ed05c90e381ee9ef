/**
 * The memory that TCP sockets take, for one group and for the whole machine. This package knows no
 * sockets and no tree of groups. All it knows of a group is {@link
 * io.github.vcgroupfs.memcg.tcp.TcpGroup}.
 *
 * <p><b>TCP memory</b> is what the kernel sets aside for the buffers of sockets, counted in pages
 * of 4,096 bytes. All sockets are charged to the machine. Sockets of a group are also charged to
 * the group, if accounting was on when they were made.
 *
 * <p><b>Pressure</b> is a warning that memory for sockets is running out. While it lasts, sockets
 * stop growing their buffers, shrink the window that they offer, and drop data that does not fit.
 *
 * <p><b>An accounting branch</b> says whether new sockets are charged to their groups at all. While
 * no group has a limit, nobody needs that, and compiled code skips it at no cost.
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
 *   StaticKey.site          an accounting branch is turned on or off
 *   Stocks.lock             see memcg.counter
 * Pressure                  one flag; nothing is locked below it
 * </pre>
 *
 * <p><b>Not here:</b> when a socket charges, and how much ({@code sock}); the counters themselves
 * ({@code memcg.counter}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp_memcontrol.c}, {@code include/net/sock.h} ({@code
 * sk_enter_memory_pressure}), {@code mm/memcontrol.c}, {@code mm/vmpressure.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg.tcp;

import org.jspecify.annotations.NullMarked;
