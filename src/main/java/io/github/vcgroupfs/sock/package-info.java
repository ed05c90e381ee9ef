/**
 * The memory of single TCP sockets: what each socket holds in its queues, what it has charged, and
 * whether it gets more. This is the only package that asks the static keys.
 *
 * <p><b>Truesize</b> is what a network buffer costs in memory: the data, the headers, the
 * bookkeeping and the unused rest. A small packet can cost many times its data. The kernel charges
 * truesize and not data, so a group can be full although little data waits.
 *
 * <p><b>Forward allocation</b> is memory that a socket has already charged and that no buffer uses
 * yet. Charges are whole pages of 4,096 bytes and buffers are not, so something is nearly always
 * left over. The socket spends it first, before it charges anew.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.sock.Sock}, a socket and its charges; {@link
 * io.github.vcgroupfs.sock.SockMemory}, which decides whether it gets memory.
 *
 * <p><b>Threading:</b> a socket is used by one thread at a time; its user has to see to that. The
 * counters behind it are shared and lock-free.
 *
 * <p><b>Not here:</b> the data that travels between two sockets ({@code traffic}).
 *
 * <p><b>Source:</b> {@code net/core/sock.c}, {@code include/net/sock.h}.
 */
@NullMarked
package io.github.vcgroupfs.sock;

import org.jspecify.annotations.NullMarked;
