/**
 * How an event reaches a program. An <i>eventfd</i> is a descriptor with a counter that a program
 * can wait for. A program registers its eventfd in {@code cgroup.event_control}. When the event
 * happens, the kernel adds 1 to the counter. We are not the kernel but another process, so we copy
 * the descriptor and write to it.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.notify.ProcNotifier}.
 *
 * <p><b>Reading order:</b> {@code ProcNotifier} (finds and copies descriptors), {@code
 * FetchedEventFd} (one copy), {@code Signaller} (the threads that write).
 *
 * <p><b>Threading:</b> any thread. Threads of its own deliver events. They are the only ones that
 * could have to wait for a client, and each waits for one client alone.
 *
 * <p><b>Lock order:</b>
 *
 * <pre>
 * TreeLock                    may be held by the caller
 *   os.ProcReader's monitor   the buffer that one file of /proc is read into
 *   FetchedEventFd's monitor  what is pending; poll(2) on a pidfd
 *   Signaller.lock            the queue of eventfds
 * </pre>
 *
 * <p><b>Not here:</b> which events there are, and when they happen ({@code memcg}); the file in
 * which they are registered ({@code cgroupfs}).
 *
 * <p><b>Source:</b> {@code fs/eventfd.c}, {@code mm/memcontrol.c memcg_write_event_control}, {@code
 * kernel/pid.c pidfd_getfd}, {@code fs/namei.c acl_permission_check}.
 */
@NullMarked
package io.github.vcgroupfs.notify;

import org.jspecify.annotations.NullMarked;
