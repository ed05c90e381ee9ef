/**
 * Answers "what if": a scenario of {@code simulate} comes in as JSON, what comes of it goes out at
 * once, as curves that a page can draw and as a sentence that people can read. The numbers are
 * those of {@code vcgroupfs simulate} for the same line and the same seed.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.whatif.WhatIf}.
 *
 * <p><b>Reading order:</b> {@code Question}, {@code Simulation}, {@code Curves}, {@code Level},
 * {@code Landmarks}, {@code Sentence}, {@code Desk}.
 *
 * <p><b>Threading:</b> any number of threads may ask. Each waits for its own answer, which the few
 * threads of a {@code Desk} work out. Of one viewer only the latest question is answered: who drags
 * a slider does not want the answers for where it was.
 *
 * <p><b>Not here:</b> the simulation ({@code simulate}), HTTP ({@code serve}), and the page, which
 * is a resource of {@code serve}.
 */
@NullMarked
package io.github.vcgroupfs.whatif;

import org.jspecify.annotations.NullMarked;
