/**
 * {@code vcgroupfs top}: a hierarchy as a table in a terminal, as one plain picture, or as lines of
 * JSON. Start with {@link io.github.vcgroupfs.top.Top}.
 *
 * <p>What is seen is a pure function: {@link io.github.vcgroupfs.top.Screen} makes lines of a
 * {@link io.github.vcgroupfs.top.State} (what the user has asked for), a {@link
 * io.github.vcgroupfs.top.Frame} (what was read) and a size. So is what a key does: {@link
 * io.github.vcgroupfs.top.Keys}. Neither knows a terminal, a clock or a thread.
 *
 * <p>Threads: one that waits for keys, one that reads the hierarchy (package {@code watch}'s), one
 * that asks for the last refusal, and the caller's, which alone has the state and paints. It takes
 * what the others have for it from one queue, so it never waits for the mount: a mount that hangs
 * can be left with {@code q}.
 *
 * <p>Not here: how a hierarchy is read, which is {@code watch}; the calls for the terminal, which
 * are in {@code os}.
 */
@NullMarked
package io.github.vcgroupfs.top;

import org.jspecify.annotations.NullMarked;
