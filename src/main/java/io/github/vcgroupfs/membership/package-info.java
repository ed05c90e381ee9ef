/**
 * Which real process is in which group. Members are listed when {@code tasks} or {@code
 * cgroup.procs} is read, and moved when it is written. A new child starts in the group of its
 * parent.
 *
 * <p>There are three ways to know this. One has the kernel tell of each fork, exec and exit. One
 * reads {@code /proc} and works out who is whose child. One has the kernel keep the members, in a
 * private cgroup hierarchy without controllers, which every process shows.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.membership.BestMembership}, which chooses one.
 *
 * <p><b>Reading order:</b> {@code BestMembership}, {@code AttachRules} (who may move whom), {@code
 * PidNamespaces} (process ids as others see them). {@code EventMembership}, {@code SharedEvents},
 * {@code ForkEvents} (the events for all hierarchies), {@code TaskTable} (where each thread is).
 * {@code HierarchyMembership}, {@code NamedHierarchy} (the kernel keeps the members), {@code
 * HierarchyName} (recognises what a killed daemon left behind). {@code ProcMembership}, {@code
 * ProcessTable} (the known processes), {@code Lineage} (finds parents). {@code Lookout} (notices
 * the last exit), {@code ReleaseAgent} (starts the release agent).
 *
 * <p><b>Threading:</b> any thread, with or without the hierarchy's lock. Nothing here calls back.
 * Only threads of {@code ReleaseAgent} wait for a release agent. One thread takes in events when
 * nobody else does.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock                  may be held by the caller
 *   Releases.lock           may be held, too
 *   BestMembership.lock     which of the two, while it chooses
 *   SharedEvents' monitor   who uses the events, while they are begun or ended
 *     ForkEvents.lock       the events, and where each thread is
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
