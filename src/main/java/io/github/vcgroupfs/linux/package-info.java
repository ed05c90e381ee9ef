/**
 * What is asked of the running Linux: which processes there are, who their parents are, and so
 * which memory group each is in; how an event reaches the eventfd of a process; and the release
 * agent.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.linux.BestMembership} and {@link
 * io.github.vcgroupfs.linux.ProcNotifier}, the two doors.
 *
 * <p><b>Reading order:</b> {@code BestMembership} (which of two), {@code AttachRules} (who may move
 * whom), {@code PidNamespaces} (whose numbers). {@code HierarchyMembership}, {@code NamedHierarchy}
 * (the kernel keeps the members), {@code HierarchyName} (what a killed daemon left). {@code
 * ProcMembership}, {@code ProcFs} (what is read), {@code ProcessTable} (what is kept), {@code
 * Lineage} (whose child is it). {@code ProcNotifier}, {@code FdInfo} and {@code Credentials} (what
 * is looked at), {@code FetchedEventFd}, {@code Signaller} (who writes). {@code ReleaseWatch} (who
 * sees the last task exit), {@code ReleaseAgent} (what is run then). By themselves: {@code
 * HostView} (a program that sees a hierarchy as its host's), {@code ProcTexts} and {@code
 * Namespaces} below it.
 *
 * <p><b>Threading:</b> any thread, with or without the hierarchy's lock. Nothing here calls back.
 * Events are delivered by a thread of their own, and release agents waited for by others: the only
 * ones that a client could make wait.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * Hierarchy.lock            may be held by the caller
 *   Releases.lock           may be held, too
 *   BestMembership.lock     which back end, while it is chosen
 *   HierarchyMembership.lock  which groups have a twin; the kernel is asked under it
 *   ProcMembership.lock     the table of processes
 *     ProcReader's monitor  the buffer one file of /proc is read into
 *   TaskNames' monitor      names for log lines; nothing is read under it
 *   FetchedEventFd's monitor  what is pending; poll(2) on a pidfd
 *   Signaller.lock          the queue of eventfds
 * </pre>
 *
 * <p><b>Not here:</b> which file was written and by whom ({@code cgroupfs}, {@code fuse}); what a
 * move does to charges, which is nothing ({@code memcg}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c} ({@code attach_task_by_pid}, {@code cgroup_fork},
 * {@code cgroup_exit}), {@code fs/proc/array.c}, {@code kernel/fork.c}, {@code
 * include/linux/sched.h}, {@code fs/eventfd.c}, {@code kernel/pid.c}.
 */
@NullMarked
package io.github.vcgroupfs.linux;

import org.jspecify.annotations.NullMarked;
