/**
 * Runs traffic scenarios on virtual time. It reads and writes lines of JSON, in the same format as
 * the tool that runs these scenarios on a real kernel.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.simulate.Simulator}.
 *
 * <p><b>Reading order:</b> {@code Scenario}, {@code ScenarioRun}, {@code Outcome}.
 *
 * <p><b>Threading:</b> none.
 *
 * <p><b>Not here:</b> TCP ({@code traffic.tcp}) and who is charged ({@code sock}).
 */
@NullMarked
package io.github.vcgroupfs.simulate;

import org.jspecify.annotations.NullMarked;
