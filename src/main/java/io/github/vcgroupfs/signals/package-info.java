/**
 * Stops the members of frozen groups with signals, for {@code --freezer signals}, and lets them go
 * on. Whoever is stopped here goes on when the daemon ends, however it ends: a small process beside
 * it sees to that.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.signals.SignalStopper}.
 *
 * <p><b>Reading order:</b> {@code SignalStopper}; {@code ProcessSignals} (how a signal reaches the
 * right process) and {@code Guard} (who lets processes go on after a kill -9), with their
 * implementations {@code PidFds} and {@code ShellGuard}.
 *
 * <p><b>Threading:</b> a lock of its own, a leaf but for the membership's. A thread looks for
 * members that were born or came meanwhile; it sleeps while nothing is frozen.
 *
 * <p><b>Not here:</b> which groups are frozen ({@code freezer}).
 */
@NullMarked
package io.github.vcgroupfs.signals;

import org.jspecify.annotations.NullMarked;
