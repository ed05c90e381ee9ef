/**
 * The cpuacct controller: how much processor time the tasks of a group, and of the groups below it,
 * have used. It limits nothing.
 *
 * <p>The kernel adds to a group while its tasks run. We look at the tasks of each group instead:
 * when a file is read, before and after a task is moved, before a group is removed, and several
 * times a second. What a task used since the last look goes to its group.
 *
 * <p>Unlike Linux, some time is not seen: what a process used between the last look and its end. If
 * its parent is in a group, too, and waits for it, the parent's files tell that later, and it goes
 * to the parent's group. If not, it is lost. Of a process whose threads are in several groups, what
 * a thread used between the last look and its end is lost.
 *
 * <p>Unlike Linux, which processor the time goes to is a guess: the one that the first thread of
 * the process ran on last.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cpuacct.CpuacctFiles}, the table of files;
 * {@link io.github.vcgroupfs.cpuacct.CpuacctController}, the controller.
 *
 * <p><b>Reading order:</b> {@code CpuacctController}, {@code CpuacctGroup}, {@code Accounts} (who
 * is known, and the look at them), {@code Account}, {@code Look}, {@code CpuacctFiles}.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock             may be held by the caller
 *   Releases.lock      may be held, too
 *     Accounts.lock    the accounts, and the sums of all groups
 *       locks of the membership
 * </pre>
 *
 * <p><b>Not here:</b> who is in which group ({@code cgroup.Membership}); how times are read ({@code
 * cgroup.Tasks}); the thread that looks ({@code daemon}).
 *
 * <p><b>Source:</b> {@code kernel/sched/cpuacct.c}.
 */
@NullMarked
package io.github.vcgroupfs.cpuacct;

import org.jspecify.annotations.NullMarked;
