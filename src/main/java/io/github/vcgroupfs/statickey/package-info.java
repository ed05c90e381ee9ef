/**
 * A reference-counted flag that the JIT folds to a constant, so that accounting costs nothing while
 * nobody uses it: the kernel's static key ({@code include/linux/jump_label.h}).
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.statickey.StaticKey}.
 *
 * <p><b>Threading:</b> any thread. Reading is a constant; flipping deoptimises compiled code and is
 * meant to be rare.
 *
 * <p><b>Not here:</b> who counts as a user (see {@code memcg.tcp.AccountingBranch}).
 *
 * <p><b>Source:</b> {@code static_key_slow_inc}, {@code static_key_slow_dec}.
 */
@NullMarked
package io.github.vcgroupfs.statickey;

import org.jspecify.annotations.NullMarked;
