/**
 * Linux as this program finds it: the calls of libc that Java does not have, and the files of
 * {@code /proc}. Everything that is read from the running kernel is parsed in this package, and
 * nowhere else.
 *
 * <p>Two kinds of text meet here. The kernel's names are bytes; we keep them as strings with one
 * char a byte. Java's paths and arguments are text in the locale's charset. {@code NativeText}
 * converts between the two.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.os.ProcFs}, what {@code /proc} says about
 * processes and threads, and {@link io.github.vcgroupfs.os.Libc}.
 *
 * <p><b>Reading order:</b> {@code ProcFs}, {@code ProcReader} (the real one), {@code TaskStat} and
 * {@code TaskStatus} (two files of a task), {@code Identity} (who this process is), {@code
 * Cmdline}, {@code FdInfo}; {@code MountTable} and {@code MountEntry} (what is mounted where);
 * {@code PathFd} and {@code NamespaceFd} (files that are open only to be named), {@code
 * MountCalls}; {@code TaskEvents} (threads that come and go), {@code PerfRings} (the real ones),
 * {@code PerfRing} (one processor's), {@code PerfCalls}; {@code Libc}, {@code NativeText}; {@code
 * NativeLibrary}, {@code NativeFunction} and {@code NativeMemory} (C by its addresses); {@code
 * SysDevices} (which processors and memory nodes there are); {@code Reasons} (why a file operation
 * failed, for people).
 *
 * <p><b>Threading:</b> any thread. Values are immutable; {@code ProcReader} has a buffer and guards
 * it with its own monitor. {@code TaskEvents} need a lock of who uses them.
 *
 * <p><b>Lock order:</b> that monitor is a leaf: the only call under it is {@code read(2)} of a file
 * in {@code /proc}, which does not wait for the process that the file is about.
 *
 * <p><b>Not here:</b> what it means that a process is in a group ({@code membership}), that a mount
 * is one of this program's and dead ({@code mount}), or which errno a control file returns ({@code
 * cgroupfs}). The numbers of errnos are in {@code kernel.Errno}.
 *
 * <p><b>Source:</b> {@code fs/proc/array.c}, {@code fs/proc_namespace.c}, {@code fs/proc/fd.c},
 * {@code Documentation/filesystems/proc.rst}; {@code kernel/events/core.c} (perf_event_task_output,
 * perf_event_comm_output), {@code include/uapi/linux/perf_event.h}; the man pages of the calls.
 */
@NullMarked
package io.github.vcgroupfs.os;

import org.jspecify.annotations.NullMarked;
