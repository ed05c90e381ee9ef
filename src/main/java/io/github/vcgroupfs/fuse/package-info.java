/**
 * The FUSE side: an adapter that translates calls, errnos and bytes between libfuse and {@code
 * cgroupfs}. Nothing is decided here. FUSE is the part of the kernel that passes file operations on
 * to a program; libfuse is its C library.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.fuse.FuseMount}, from mount to close.
 *
 * <p><b>Reading order:</b> {@code Dispatcher}, {@code CgroupFuse}, {@code MountOptions}, {@code
 * FuseLibrary}, {@code FuseMount}.
 *
 * <p><b>Threading:</b> libfuse runs its loop single-threaded ({@code -s}) on one thread of ours, so
 * operations come one at a time and in order, and none may block. Everything else here may be
 * called from any thread.
 *
 * <p><b>Deadlocks:</b>
 *
 * <ul>
 *   <li>A thread of this JVM that uses the mount waits for the loop thread. That is safe only while
 *       the loop runs and the loop thread is not the one that waits; {@code FuseMount} does it
 *       once, as the probe that proves a mount, from another thread and with a limit. Nobody else
 *       may.
 *   <li>A callback must never touch the mount, directly or through a path that leads into it (a
 *       stat of {@code /proc/PID/fd/N}, of a class path or of a working directory below the mount):
 *       the loop would wait for itself.
 *   <li>Files of the mount that this process has open would be flushed when it exits, after the
 *       loop has ended. The probe closes what it opens, and the daemon's working directory is
 *       {@code /}.
 *   <li>A process that is started from here must not use the mount before it is ready either.
 * </ul>
 *
 * <p><b>Lock order:</b> none; {@code FuseMount}'s monitor guards its state and is not held while
 * anything waits.
 *
 * <p><b>Not here:</b> the answers ({@code cgroupfs}), what a mount point needs and how it is taken
 * away ({@code mount}), options on the command line ({@code cli}).
 *
 * <p><b>Source:</b> libfuse 2.9.9 {@code lib/fuse.c}, {@code lib/mount.c}; {@code fs/fuse/} of the
 * kernel.
 */
@NullMarked
package io.github.vcgroupfs.fuse;

import org.jspecify.annotations.NullMarked;
