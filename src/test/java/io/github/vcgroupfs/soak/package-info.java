/**
 * Endurance as a program: everything at once on one mount, for minutes or hours, and then a look at
 * what is left.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.soak.Soak}. What is done to the mount is in the
 * classes named {@code ...Churn}; what must hold in the end is in {@code Invariants}.
 */
@NullMarked
package io.github.vcgroupfs.soak;

import org.jspecify.annotations.NullMarked;
