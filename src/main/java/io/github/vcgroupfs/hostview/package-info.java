/**
 * Makes a program believe that one of our hierarchies is the memory hierarchy of its host. Tools do
 * not search for cgroup mounts. They believe what {@code /proc/mounts}, {@code /proc/cgroups} and
 * {@code /proc/PID/cgroup} say. So other texts are generated, and mounted over the real ones. That
 * is done in a mount namespace of the program's own, so nobody else sees them.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.hostview.HostView}.
 *
 * <p><b>Reading order:</b> {@code HostView}, {@code ProcTexts} (the texts), {@code Namespaces} (the
 * mounts). {@code SimProc} serves the same texts as {@code sim.proc/}, for a container to mount.
 * {@code UserNamespace} (for a user who is not root), {@code Foreground} and {@code Signals} (a
 * process that starts the program and waits for it).
 *
 * <p><b>Threading:</b> {@code HostView} changes the mounts of the calling thread, and that thread
 * becomes the program: all in one thread. {@code SimProc} and {@code ProcTexts}: any thread.
 * Signals come from a thread of the JVM.
 *
 * <p><b>Lock order:</b> none; {@code Foreground}'s monitor is a leaf.
 *
 * <p><b>Not here:</b> the mount itself ({@code fuse}), a mount for the duration of a command
 * ({@code daemon}), the command line ({@code cli}).
 *
 * <p><b>Source:</b> {@code fs/proc_namespace.c} ({@code show_vfsmnt}, {@code show_mountinfo}),
 * {@code kernel/cgroup/cgroup-v1.c proc_cgroupstats_show}, {@code kernel/cgroup/cgroup.c
 * proc_cgroup_show}.
 */
@NullMarked
package io.github.vcgroupfs.hostview;

import org.jspecify.annotations.NullMarked;
