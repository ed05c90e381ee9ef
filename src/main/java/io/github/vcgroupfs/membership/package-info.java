/**
 * Which real process is in which group. The kernel asks for members when {@code tasks} or {@code
 * cgroup.procs} is read, and moves them when it is written; children are born where their parent
 * is. Two back ends know that: one reads {@code /proc} and works out whose child everybody is, the
 * other has the kernel keep the members in a private cgroup hierarchy without controllers.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.membership.BestMembership}, which chooses one.
 *
 * <p><b>Reading order:</b> {@code BestMembership}, {@code AttachRules} (who may move whom), {@code
 * PidNamespaces} (whose numbers). {@code HierarchyMembership}, {@code NamedHierarchy} (the kernel
 * keeps the members), {@code HierarchyName} (what a killed daemon left). {@code ProcMembership},
 * {@code ProcessTable} (what is kept), {@code Lineage} (whose child is it). {@code ReleaseWatch}
 * (who sees the last task exit), {@code ReleaseAgent} (what is run then).
 *
 * <p><b>Threading:</b> any thread, with or without the hierarchy's lock. Nothing here calls back.
 * Release agents are waited for by threads of their own.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock                  may be held by the caller
 *   Releases.lock           may be held, too
 *   BestMembership.lock     which back end, while it is chosen
 *   HierarchyMembership.lock  which groups have a twin; the kernel is asked under it
 *   ProcMembership.lock     the table of processes
 *     os.ProcReader's monitor  the buffer that one file of /proc is read into
 *   TaskNames' monitor      names for log lines; nothing is read under it
 * </pre>
 *
 * <p><b>Not here:</b> the files that list and move members ({@code cgroupfs}); what a move does to
 * charges, which is nothing ({@code memcg}); how {@code /proc} is read ({@code os}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c} ({@code attach_task_by_pid}, {@code cgroup_fork},
 * {@code cgroup_exit}), {@code kernel/fork.c}, {@code kernel/pid.c}, {@code include/linux/sched.h}.
 */
@NullMarked
package io.github.vcgroupfs.membership;

import org.jspecify.annotations.NullMarked;
