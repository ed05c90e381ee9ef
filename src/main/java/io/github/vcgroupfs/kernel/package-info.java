/**
 * Facts about Linux: error numbers, page arithmetic, the parsers of control-file text, and the
 * kernel profiles. Immutable data, no state.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.kernel.KernelProfile}, then {@link
 * io.github.vcgroupfs.kernel.Profiles}, the table of all profiles.
 *
 * <p><b>Reading order:</b> {@code Errno}, {@code ErrnoException}, {@code CounterEra}, {@code
 * LimitParser}, {@code IntegerParser}, {@code KernelFeature}, the rule enums, {@code
 * KernelProfile}.
 *
 * <p><b>Threading:</b> everything here is immutable or stateless and may be used from any thread.
 *
 * <p><b>Not here:</b> anything that counts or remembers (see {@code memcg}), and any system call of
 * ours (see {@code os}).
 *
 * <p><b>Source:</b> {@code include/uapi/asm-generic/errno*.h}, {@code lib/cmdline.c}, {@code
 * kernel/res_counter.c}, {@code mm/page_counter.c}.
 */
@NullMarked
package io.github.vcgroupfs.kernel;

import org.jspecify.annotations.NullMarked;
