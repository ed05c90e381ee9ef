/**
 * Per-socket buffer accounting: forward alloc, send and receive memory, and the one place that asks
 * the static key.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.sock.Sock}, who is charged; {@link
 * io.github.vcgroupfs.sock.SockMemory}, who decides.
 *
 * <p><b>Threading:</b> a socket belongs to one thread at a time; whoever drives it guards it. The
 * counters behind it are lock-free and shared.
 *
 * <p><b>Not here:</b> what travels between two sockets and when ({@code traffic}).
 *
 * <p><b>Source:</b> {@code net/core/sock.c}, {@code include/net/sock.h}.
 */
@NullMarked
package io.github.vcgroupfs.sock;

import org.jspecify.annotations.NullMarked;
