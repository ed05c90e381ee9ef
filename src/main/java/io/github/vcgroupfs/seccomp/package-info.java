/**
 * Answers system calls of other processes. A filter in the kernel lets chosen calls wait, and a
 * supervisor in this JVM decides what each returns: what the kernel says, an error, a number, or a
 * descriptor of a file that we have open. The processes see nothing but the answers.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.seccomp.Launch}, a program under a filter, and
 * {@link io.github.vcgroupfs.seccomp.Notification}, one call that waits. The latter says what of a
 * call can be believed.
 *
 * <p><b>Reading order:</b> {@code Call}, {@code Arch} and {@code CallTable} (numbers of calls),
 * {@code Rule}, {@code Filter} (the program for the kernel); {@code Installation} (how it gets onto
 * a thread), {@code Listener}, {@code Notification}, {@code Exchanges} and {@code Exchange} (what
 * one thread tells the kernel), {@code TargetMemory}; {@code Launch}, {@code Program}, {@code
 * Ending}; {@code Memfd} (what to answer with).
 *
 * <p><b>Why {@code Launch.run} does what it does.</b> A filter is put on a thread, and children
 * inherit it from the thread that starts them. Java has no code that runs in a child before exec.
 * So one thread of this JVM gets the filter, and from then on each file that <em>it</em> opens
 * waits for the supervisor, too. That is a deadlock if the supervisor needs anything that this
 * thread has at that moment. There are three such things:
 *
 * <ul>
 *   <li>a lock of Java. To load a class takes locks of class loaders and of open archives, and
 *       opens files;
 *   <li>a lock of the JVM or of libc, for instance of {@code malloc} or of the dynamic linker;
 *   <li>a safepoint. When the JVM has to stop all threads, for a collection say, it waits for each
 *       that runs its own code, and the supervisor is stopped already. A thread inside of a native
 *       call that was made by Java is not waited for.
 * </ul>
 *
 * <p>So the thread does nothing there but calls of libc that open no file ({@code seccomp}, {@code
 * posix_spawnp}, {@code waitid}, {@code waitpid}), and the monitor of its own object. Java code
 * between them opens files only to load a class, or to link a native function, the first time that
 * it comes by. So it has come by before: the same lines were run three times on the same thread, in
 * {@code Launch.prepare}, with a program for the kernel that is not there (EFAULT) and a command
 * that nobody has (ENOENT). What happens elsewhere at that time (collections, the compilers, other
 * threads that load classes) is done by threads without the filter; if this one has to wait for
 * them, it waits in a futex. The filter should not ask about calls that a thread of a JVM makes by
 * itself, such as {@code mmap} or {@code futex}; no {@link io.github.vcgroupfs.seccomp.Call} is
 * one.
 *
 * <p>After the end of the command the thread still has the filter. Then the supervisor runs, and
 * answers; but the thread should end at once all the same.
 *
 * <p><b>When the supervisor ends,</b> each call that the filter asks about fails with ENOSYS, in
 * all processes that have the filter. So a supervisor lives as long as they do: {@code
 * Listener.receive} then returns null.
 *
 * <p><b>Other filters.</b> A process may add filters of its own, and the strictest answer counts:
 * an error or a kill of theirs comes before our question, and our question before a stop for a
 * tracer. So {@code strace} sees all calls, but {@code strace --seccomp-bpf} none that we are asked
 * about. There is at most one listener: within ours there can be no other (EBUSY).
 *
 * <p><b>Threading:</b> {@code Listener}, {@code Notification} and {@code Launch} are thread-safe.
 * {@code Exchange} and {@code TargetMemory} belong to one thread each.
 *
 * <p><b>Lock order:</b> the monitors of {@code Launch} and of {@code Listener.taking} are leaves;
 * under them only calls are made that do not wait.
 *
 * <p><b>Not here:</b> which calls are asked about, and what is answered ({@code supervisor}).
 *
 * <p><b>Source:</b> {@code kernel/seccomp.c}, {@code include/uapi/linux/seccomp.h}, {@code
 * Documentation/userspace-api/seccomp_filter.rst}; the man pages seccomp(2), seccomp_unotify(2).
 */
@NullMarked
package io.github.vcgroupfs.seccomp;

import org.jspecify.annotations.NullMarked;
