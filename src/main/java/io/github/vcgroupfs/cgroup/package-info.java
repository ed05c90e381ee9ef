/**
 * Control groups in a tree, the processes in them, the release agent, and the registrations for
 * events. Every hierarchy has these, whatever its controllers do. This package knows no controller.
 *
 * <p>A <i>control group</i> (cgroup) is a set of processes that are counted and limited together.
 * It is a directory: {@code mkdir} makes one, and writing a process id into its file {@code
 * cgroup.procs} moves that process into it.
 *
 * <p>A <i>hierarchy</i> is a tree of groups. A <i>controller</i> (memory, pids, cpu, ...) belongs
 * to a hierarchy and does something with its groups: it counts, and it limits.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroup.CgroupTree}, the tree; {@link
 * io.github.vcgroupfs.cgroup.Controller}, the port through which a controller takes part.
 *
 * <p><b>Reading order:</b> {@code Cgroup}, {@code ControllerState} (what a controller keeps of a
 * group), {@code Controller}, {@code TreeRules}, {@code CgroupTree}. Then the ports: {@code
 * Membership} (who is in which group), {@code Notifier} and {@code EventFd} (how an event reaches a
 * process), {@code Machine} (which processors and memory nodes there are) and {@code Tasks} (what
 * their tasks use). {@code Releases} finds groups that have become empty. {@code Events}, {@code
 * GroupRegistrations} and {@code EventSource} are behind {@code cgroup.event_control}.
 *
 * <p><b>Threading:</b> every change of the tree, and of what a control file sets, runs under the
 * hierarchy's lock. Reads take no lock.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * Releases.lock             who moves members or removes a group; which groups may have tasks
 *   TreeLock                the tree, and what a control file writes
 *     a controller's own locks
 *     Membership's own lock attach, list; may take long, so mostly asked without TreeLock
 * GroupRegistrations        who is to be told about a group; may be taken under any of the above
 *   a controller's listeners
 * </pre>
 *
 * <p><b>Not here:</b> what a controller counts ({@code memcg}), files and text ({@code cgroupfs}),
 * real processes ({@code membership}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c}, {@code kernel/cgroup/cgroup-v1.c}.
 */
@NullMarked
package io.github.vcgroupfs.cgroup;

import org.jspecify.annotations.NullMarked;
