/**
 * Counters that memory is charged to, each with a limit. This package can be read, tested and used
 * without the tree of groups. It knows neither groups nor files.
 *
 * <p><b>A page counter</b> is a number: how much memory somebody holds now. Memory is charged
 * before it is used and uncharged when it is given back. A counter can have a limit; then it
 * refuses what does not fit. It can have a parent; then every charge counts there, too.
 *
 * <p><b>The watermark</b> of a counter is the highest number it has reached. It never falls by
 * itself. A user reads it as {@code memory.max_usage_in_bytes} and resets it by a write.
 *
 * <p><b>failcnt</b> is how often a charge was refused because of the limit of this counter. Only
 * the counter whose limit was too low counts the refusal, not the counters below it.
 *
 * <p><b>A stock</b> is memory that a counter far below the top has charged to all its parents in
 * advance, a batch of 64 pages at a time. The next small charges take from the stock, so they touch
 * one counter and not a hundred. Whoever reads a parent sees only what is in use, because the
 * stocks below it are taken back first.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.memcg.counter.PageCounter#tryCharge}, a charge
 * that may be refused, and {@link io.github.vcgroupfs.memcg.counter.PageCounter#uncharge}.
 *
 * <p><b>Reading order:</b> {@code Level} (one counter by itself), {@code PageCounter}, {@code
 * Records} (watermark and failcnt), {@code JointLimit} (two counters under one limit), {@code
 * NofailCharge} (charges that cannot be refused but count a failure). {@code Stock} and {@code
 * Stocks} come last: the other classes can be understood without them.
 *
 * <p><b>Threading:</b> charges come from any thread and take no lock, except when a charge empties
 * or fills a stock. Two changes of limits must not run at the same time. The caller has to take
 * care of that; the tree does, with its own lock.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * the caller's lock         limits, joint limits, watermarks
 *   Stocks.lock             what the stocks below a counter hold
 * </pre>
 *
 * No lock of this package is held while a {@link io.github.vcgroupfs.memcg.counter.UsageListener}
 * is called. A {@link io.github.vcgroupfs.memcg.counter.ModelListener} may be called with {@code
 * Stocks.lock} held, so it must not read a usage.
 *
 * <p><b>Not here:</b> which groups there are ({@code memcg}); what sockets charge ({@code
 * memcg.tcp}).
 *
 * <p><b>Source:</b> {@code kernel/res_counter.c}, {@code mm/page_counter.c}, {@code
 * mm/memcontrol.c} ({@code consume_stock}, {@code refill_stock}, {@code drain_stock}).
 */
@NullMarked
package io.github.vcgroupfs.memcg.counter;

import org.jspecify.annotations.NullMarked;
