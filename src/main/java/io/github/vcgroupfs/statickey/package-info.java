/**
 * Static keys, as the kernel has them ({@code include/linux/jump_label.h}).
 *
 * <p>A <i>static key</i> is a switch that costs nothing while it is off, because it is part of the
 * machine code and nobody has to look at it. To turn it is slow: the code is changed. Kernels use
 * one so that machines without TCP limits do not pay for counting. Ours does the same with Java's
 * compiler.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.statickey.StaticKey}.
 *
 * <p><b>Threading:</b> any thread. To read a key costs nothing. To turn it on or off makes the JVM
 * throw compiled code away, so that should be rare.
 *
 * <p><b>Not here:</b> who uses a key (see {@code memcg.tcp.AccountingBranch}).
 *
 * <p><b>Source:</b> {@code static_key_slow_inc}, {@code static_key_slow_dec}.
 */
@NullMarked
package io.github.vcgroupfs.statickey;

import org.jspecify.annotations.NullMarked;
