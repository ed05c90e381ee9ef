/**
 * The files of the memory controller: their table, and the handlers behind it.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.files.MemoryFiles}, the table.
 *
 * <p><b>Reading order:</b> {@code MemoryFiles}, {@code CounterHandler} (limits, usage, failcnt),
 * {@code Reports} (what has several lines).
 *
 * <p><b>Threading:</b> handlers keep no state; the model behind them is thread-safe.
 *
 * <p><b>Not here:</b> what a limit or a charge does ({@code memcg}); what a file is ({@code
 * cgroupfs.file}).
 *
 * <p><b>Source:</b> {@code mm/memcontrol.c}, {@code mm/vmpressure.c}, {@code
 * net/ipv4/tcp_memcontrol.c}.
 */
@NullMarked
package io.github.vcgroupfs.memcg.files;

import org.jspecify.annotations.NullMarked;
