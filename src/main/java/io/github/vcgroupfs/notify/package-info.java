/**
 * How an event reaches a program. A program registers an eventfd in {@code cgroup.event_control};
 * when the event comes, the kernel adds 1 to that eventfd. We are another process, so we fetch a
 * copy of the descriptor and write to it.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.notify.ProcNotifier}.
 *
 * <p><b>Reading order:</b> {@code ProcNotifier} (what is fetched, and from whom), {@code
 * FetchedEventFd} (one of them), {@code Signaller} (the thread that writes).
 *
 * <p><b>Threading:</b> any thread. Events are delivered by a thread of their own, the only one that
 * a client could make wait.
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
 * <p><b>Not here:</b> what may be registered and when it fires ({@code memcg}); the file it is
 * written to ({@code cgroupfs}).
 *
 * <p><b>Source:</b> {@code fs/eventfd.c}, {@code mm/memcontrol.c memcg_write_event_control}, {@code
 * kernel/pid.c pidfd_getfd}, {@code fs/namei.c acl_permission_check}.
 */
@NullMarked
package io.github.vcgroupfs.notify;

import org.jspecify.annotations.NullMarked;
