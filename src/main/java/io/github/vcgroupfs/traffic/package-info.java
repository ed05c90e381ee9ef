/**
 * Load on the model: simulated connections between two sockets, driven by an event queue, and
 * relays of real ones.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.traffic.Traffic}, which serves {@code
 * sim.tcp.flows} and {@code sim.tcp.relay}.
 *
 * <p><b>Reading order:</b> {@code Connection}, {@code Flow}, {@code FlowCommand}, {@code
 * FlowTable}; {@code RelayCommand}, {@code RelayCommandParser}, {@code Relays}, {@code Relay},
 * {@code RelayLink}.
 *
 * <p><b>Threading:</b> one lock, that of {@code Traffic}, guards the event queue and every
 * connection. The clock's thread takes it for a bounded batch of events at a time; reads and writes
 * of files take it in between. Relays have event loops of their own, and the monitor of {@code
 * Relays} guards their table.
 *
 * <p><b>Not here:</b> who is charged for a buffer ({@code sock}); how a real channel asks ({@code
 * traffic.netty}).
 *
 * <p><b>Source:</b> {@code net/ipv4/tcp_timer.c}, {@code net/core/stream.c}.
 */
@NullMarked
package io.github.vcgroupfs.traffic;

import org.jspecify.annotations.NullMarked;
