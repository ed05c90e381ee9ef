/**
 * Traffic for the model: simulated connections between two sockets, driven by an event queue, and
 * relays of real connections.
 *
 * <p>A <i>flow</i> is a set of simulated TCP connections in a group: so many, sending so fast, read
 * so fast. They charge memory to the group as real sockets would. A <i>relay</i> is a program that
 * takes a connection, makes a second one to the real server, and copies bytes between the two. Ours
 * charges what waits in it to a group.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.Traffic}, which serves {@code
 * sim.tcp.flows} and {@code sim.tcp.relay}.
 *
 * <p><b>Reading order:</b> {@code Writer}, {@code Reader}, {@code Side}, {@code Session}, {@code
 * Connection}, {@code Flow}, {@code FlowCommand}, {@code FlowTable}; {@code RelayCommand}, {@code
 * RelayCommandParser}, {@code Relays}, {@code Relay}, {@code RelayLink}.
 *
 * <p><b>Threading:</b> one lock, that of {@code Traffic}, guards the event queue and every
 * connection. The thread of the clock holds it for at most 64 events at a time. Reads and writes of
 * files take it in between. Relays have event loops of their own, and the monitor of {@code Relays}
 * guards their table.
 *
 * <p><b>Not here:</b> which group is charged for a buffer ({@code sock}); how a real channel is
 * charged ({@code traffic.netty}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp_timer.c}, {@code net/core/stream.c}.
 */
@NullMarked
package io.github.vcgroupfs.traffic;

import org.jspecify.annotations.NullMarked;
