/**
 * The pids controller: how many tasks a group and the groups below it have, and how many they may
 * have. A <i>task</i> is a thread; a process has one or more.
 *
 * <p>The numbers are those of the real processes that were moved into the groups. The limit is kept
 * and shown; it stops nobody, because a program like this one is not asked when a process forks.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.pids.PidsFiles}, the table of files; {@link
 * io.github.vcgroupfs.pids.PidsController}, the controller.
 *
 * <p><b>Reading order:</b> {@code PidsController}, {@code PidsGroup}, {@code PidsLimit} (what may
 * be written), {@code PidsFiles}.
 *
 * <p><b>Threading:</b> any thread. Limits are written under the hierarchy's lock; reads take none.
 *
 * <p><b>Not here:</b> who is in which group ({@code cgroup.Membership}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup/pids.c}.
 */
@NullMarked
package io.github.vcgroupfs.pids;

import org.jspecify.annotations.NullMarked;
