/**
 * Calls that are made to fail, to wait or to read short, so that people can test what their
 * programs do then. Here are {@code sim.fault}, its grammar, and the rules that it holds.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.fault.Faults}, which is asked before
 * every call.
 *
 * <p><b>Reading order:</b> {@code FaultRule}, {@code FaultLines}, {@code Faults}, {@code
 * FaultFile}.
 *
 * <p><b>Threading:</b> thread-safe. {@code Faults} has one monitor, which it releases before it
 * waits.
 *
 * <p><b>Not here:</b> which errors a call can have ({@code cgroupfs.call}, and the rows of the
 * files).
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.fault;

import org.jspecify.annotations.NullMarked;
