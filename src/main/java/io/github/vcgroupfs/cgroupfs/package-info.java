/**
 * The file system in plain Java: one table of control files, directories, open handles, and
 * operations on bytes. No FUSE, no sockets: everything here can be driven from a test.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.ControlFiles}, the whole user interface
 * as one table; {@link io.github.vcgroupfs.cgroupfs.CgroupFs}, the operations.
 *
 * <p><b>Reading order:</b> {@code ControlFile}, {@code Handler} and its implementations, {@code
 * FileTable}, {@code Node}, {@code OpenFile}, {@code Recorder}.
 *
 * <p><b>Threading:</b> thread-safe. Attributes and handles live in concurrent maps; an open file's
 * snapshot is guarded by the open file.
 *
 * <p><b>Errors:</b> every operation that can fail declares {@link
 * io.github.vcgroupfs.kernel.ErrnoException}; {@code Recorder} is the one place that catches it,
 * writes {@code sim.why} and {@code sim.journal}, and rethrows.
 *
 * <p><b>Not here:</b> rules about limits and groups ({@code memcg}); errno numbers going to the
 * kernel ({@code fuse}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c}, {@code fs/kernfs/}, {@code mm/memcontrol.c}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs;

import org.jspecify.annotations.NullMarked;
