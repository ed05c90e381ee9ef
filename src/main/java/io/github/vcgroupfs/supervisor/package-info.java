/**
 * Processes that are to take our hierarchies for the cgroup v1 of their machine are watched here.
 * The kernel tells some of their system calls before it does them (seccomp user notification), and
 * this package answers: it gives a text in place of a file of {@code /proc}, says what kind of file
 * system a hierarchy is, or binds one where it is to be mounted.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.supervisor.Supervisor}, which receives the
 * calls.
 *
 * <p><b>Reading order:</b> {@code VirtualHost} (what must be known of the hierarchies), {@code
 * Supervisor}; {@code OpenCall} with {@code TargetPath} (where a path leads another process) and
 * {@code ProcFile} (whether that is one of the files); {@code CgroupNamespaces}; {@code
 * StatfsCall}; {@code MountCall} with {@code MountRights}.
 *
 * <p><b>Safety:</b> a process can change its memory while we read it. So a call is let through only
 * if nothing bad comes of it whatever the kernel reads then; and what we do ourselves is done with
 * our own copy, with a check of the caller's rights. After reading, and before anything is done, it
 * is asked whether the call still waits: otherwise the number of the thread could be another's by
 * now.
 *
 * <p><b>Threading:</b> two threads receive calls, and others answer those that take longer. None of
 * them may be under the filter itself: it would wait for its own answer.
 *
 * <p><b>Not here:</b> the calls of the kernel for it ({@code seccomp}), and the texts ({@code
 * hostview}).
 *
 * <p><b>Source:</b> seccomp_unotify(2), {@code kernel/seccomp.c}, {@code fs/proc/base.c}, {@code
 * kernel/cgroup/cgroup-v1.c} (cgroup1_get_tree, cgroup1_root_to_use).
 */
@NullMarked
package io.github.vcgroupfs.supervisor;

import org.jspecify.annotations.NullMarked;
