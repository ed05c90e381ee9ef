/**
 * Draws what {@code simulate} has computed: one figure for each scenario, whose panels lie on one
 * time axis, as SVG or PNG.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.plot.Plot}.
 *
 * <p><b>Reading order:</b> {@code Recording} (what is kept of the samples), {@code Figure} (what is
 * drawn where), {@code Panel}, {@code Scale}, {@code Canvas}.
 *
 * <p><b>Threading:</b> none.
 *
 * <p><b>Not here:</b> the simulation ({@code simulate}), and the charts of the live page, which a
 * browser draws.
 */
@NullMarked
package io.github.vcgroupfs.plot;

import org.jspecify.annotations.NullMarked;
