/**
 * Looks at a cgroup v1 memory hierarchy from outside: one of a kernel, or of a mount of this
 * program. What it sees is the same for all who show it: {@code top}, the page, the metrics.
 *
 * <p>It only reads files. On a mount of ours that is one file a look, {@code sim.groups}, so that
 * no other file is disturbed. Elsewhere it is the control files, and it looks so seldom that this
 * takes at most a twentieth of the time. It keeps nothing open between two looks, so it never keeps
 * a mount from being unmounted for longer than a look takes.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.watch.Hierarchy} for one look, {@link
 * io.github.vcgroupfs.watch.Watcher} for many.
 *
 * <p><b>Threading:</b> a {@code Watcher} has one thread, however many look. Values are immutable.
 *
 * <p><b>Not here:</b> what the numbers are ({@code columns}), and how they are shown.
 */
@NullMarked
package io.github.vcgroupfs.watch;

import org.jspecify.annotations.NullMarked;
