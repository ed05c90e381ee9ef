/**
 * The cpu controller: what share of processor time a group gets, and how much of it at most. It has
 * two limits, one for ordinary tasks (<i>cfs</i>) and one for real-time tasks (<i>rt</i>). Each is
 * a runtime in a period: 50 ms in every 100 ms is half of a processor.
 *
 * <p>All of it is kept and shown, with the kernel's rules between parents and children. Nothing is
 * enforced, because a program like this one does not schedule anybody. One rule does have an
 * effect: a real-time task is not let into a group that has no time for such tasks.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cpu.CpuFiles}, the table of files; {@link
 * io.github.vcgroupfs.cpu.CpuController}, the controller.
 *
 * <p><b>Reading order:</b> {@code CpuController}, {@code CpuGroup}, {@code Ratio}, {@code
 * CfsBandwidth} and {@code CfsRules}, {@code RtBandwidth} and {@code RtRules}, {@code ShareRules},
 * {@code CpuFiles}.
 *
 * <p><b>Threading:</b> any thread. Everything is written under the hierarchy's lock; reads take
 * none.
 *
 * <p><b>Not here:</b> how much time was used, which is the controller {@code cpuacct}.
 *
 * <p><b>Source:</b> {@code kernel/sched/core.c}, {@code kernel/sched/rt.c}, {@code
 * kernel/sched/fair.c}.
 */
@NullMarked
package io.github.vcgroupfs.cpu;

import org.jspecify.annotations.NullMarked;
