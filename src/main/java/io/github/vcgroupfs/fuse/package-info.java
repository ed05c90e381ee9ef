/**
 * The connection to FUSE. <i>FUSE</i> is the part of the kernel that lets an ordinary program serve
 * a file system. The kernel passes each {@code open}, {@code read} and {@code write} on to the
 * program, which answers. <i>libfuse</i> is the C library for it. This package translates calls,
 * errnos and bytes between libfuse and {@code cgroupfs}, and decides nothing.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.fuse.FuseMount}, the life of a mount.
 *
 * <p><b>Reading order:</b> {@code Dispatcher}, {@code CgroupFuse}, {@code Operations} (how libfuse
 * calls it), {@code Listings}, {@code MountOptions}, {@code FuseLibrary}, {@code FuseSession},
 * {@code FuseThreads}, {@code FuseMount}.
 *
 * <p><b>Threading:</b> several threads of this program carry out operations, one at a time each
 * ({@code FuseThreads}). An operation may wait: then another thread takes the next one. Everything
 * else here may be called from any thread.
 *
 * <p><b>Deadlocks:</b>
 *
 * <ul>
 *   <li>A thread of this JVM that uses the mount waits for one of those threads. That is safe only
 *       while they run; {@code FuseMount} does it once, to prove that a mount works, from another
 *       thread and with a time limit. Nobody else may.
 *   <li>A callback must never touch the mount, directly or through a path that leads into it (a
 *       stat of {@code /proc/PID/fd/N}, of a class path or of a working directory below the mount):
 *       the kernel may hold a lock until that callback has answered, and each such call takes a
 *       thread more.
 *   <li>Files of the mount that this process has open would be flushed when it exits, after the
 *       loop has ended. The probe closes what it opens, and the daemon's working directory is
 *       {@code /}.
 *   <li>A process that is started from here must not use the mount before it is ready either.
 * </ul>
 *
 * <p><b>Lock order:</b> none; {@code FuseMount}'s monitor guards its state and is not held while
 * anything waits.
 *
 * <p><b>Not here:</b> the answers ({@code cgroupfs}), what a mount point needs and how it is
 * unmounted ({@code mount}), options on the command line ({@code cli}).
 *
 * <p><b>Source:</b> libfuse 2.9.9 {@code lib/fuse.c}, {@code lib/mount.c}; {@code fs/fuse/} of the
 * kernel.
 */
@NullMarked
package io.github.vcgroupfs.fuse;

import org.jspecify.annotations.NullMarked;
