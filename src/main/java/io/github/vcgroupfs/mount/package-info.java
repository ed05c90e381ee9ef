/**
 * The life of a mount point, whatever serves it: what a mount needs, how the place is made ready,
 * who holds it, whether its daemon still lives, and how it is unmounted. Nothing here knows
 * libfuse.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.mount.MountPoint} and {@link
 * io.github.vcgroupfs.mount.Preflight}, what a mount needs.
 *
 * <p><b>Reading order:</b> {@code MountPoint}, {@code Preflight}, {@code PreparedMountPoint} (makes
 * the place ready), {@code Liveness} (is its daemon alive), {@code UnmountCall} (one try), {@code
 * UnmountFromOutside} (as {@code vcgroupfs umount} does it), {@code Holders}, {@code PlaceLock};
 * {@code Bounded} and {@code Programs} serve them.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Deadlocks:</b> a mount whose daemon hangs hangs everyone who looks at it. So a foreign
 * mount is only looked at from a thread that may be given up ({@code Bounded}), and paths are
 * resolved without looking at mount points of FUSE ({@code MountPoint}). {@code fusermount} is only
 * run before a loop starts or to end it.
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
