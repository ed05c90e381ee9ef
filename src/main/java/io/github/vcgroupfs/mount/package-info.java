/**
 * Mount points: what a mount needs, how its place is prepared, who keeps it busy, whether its
 * daemon is alive, and how it is unmounted. Nothing here knows libfuse.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.mount.MountPoint} and {@link
 * io.github.vcgroupfs.mount.Preflight}, what a mount needs.
 *
 * <p><b>Reading order:</b> {@code MountPoint}, {@code Preflight}, {@code PreparedMountPoint}
 * (prepares the place), {@code Liveness} (whether its daemon is alive), {@code UnmountCall} (one
 * attempt), {@code UnmountFromOutside} (as {@code vcgroupfs umount} does it), {@code Holders},
 * {@code Copies} (where else it is mounted), {@code ServingDaemon}, {@code PlaceLock}; {@code
 * Bounded} and {@code Programs} help them.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Deadlocks:</b> whoever looks at a mount whose daemon hangs, hangs as well. So another
 * daemon's mount is only looked at from a thread that can be abandoned ({@code Bounded}), and paths
 * are resolved without touching FUSE mounts ({@code MountPoint}). {@code fusermount} is only run
 * before a loop starts or to end it.
 *
 * <p><b>Lock order:</b> none. {@code PlaceLock} is a lock between processes.
 *
 * <p><b>Not here:</b> what serves the mount ({@code fuse}), the daemon and how it is recognised
 * ({@code daemon}; the port {@code DaemonFinder} asks it), the table of mounts ({@code os}).
 *
 * <p><b>Source:</b> libfuse 2.9.9 {@code lib/mount.c}, {@code util/fusermount.c}; {@code fs/fuse/}
 * and {@code fs/namespace.c} of the kernel.
 */
@NullMarked
package io.github.vcgroupfs.mount;

import org.jspecify.annotations.NullMarked;
