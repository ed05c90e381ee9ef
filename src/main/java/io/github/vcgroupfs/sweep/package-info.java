/**
 * Many scenarios at once: takes lines whose fields may hold several values, runs the product of
 * them on all processors, and makes lines, CSV, a heat map or a table of limits of the answers.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.sweep.Sweep}.
 *
 * <p><b>Reading order:</b> {@code Grid} (a line and what varies in it), {@code Range}, {@code
 * Sweep} (who runs what), {@code Row} and {@code Measure} (numbers of an answer), {@code Goal},
 * {@code LimitTable}, {@code HeatMaps}.
 *
 * <p><b>Threading:</b> {@code Sweep} has threads of its own, each with a simulator of its own. The
 * answers come back to the thread that called it, in the order of the scenarios.
 *
 * <p><b>Not here:</b> what a scenario is ({@code simulate}), and how a heat map is drawn ({@code
 * plot}).
 */
@NullMarked
package io.github.vcgroupfs.sweep;

import org.jspecify.annotations.NullMarked;
