/**
 * The file system in plain Java: paths, open files and directories, and operations on bytes. There
 * is no FUSE and there are no sockets here: all of it can be driven from a test.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.CgroupFs}, the operations. Which files
 * there are is said in tables; the door to them is {@code controllers.ControlFiles}.
 *
 * <p><b>Its rooms,</b> each with a page of its own; a room uses only rooms that stand above it in
 * this list:
 *
 * <ul>
 *   <li>{@code inode}: what {@code stat} shows.
 *   <li>{@code file}: what a control file is: a row of a table and its handler.
 *   <li>{@code core}: the files of every hierarchy, and ours ({@code sim.*}).
 *   <li>{@code path}: what a path leads to.
 *   <li>{@code call}: the calls, as data.
 *   <li>{@code fault}: calls that are made to fail.
 *   <li>{@code journal}: what happened, for people to read.
 *   <li>{@code restore}: recorded hierarchies brought back.
 * </ul>
 *
 * <p><b>Reading order:</b> {@code CgroupFs}, {@code CallRunner} (what comes before and after each
 * call), {@code OpenFile}; then {@code file}. The way of a write: {@code CgroupFs.write}, {@code
 * CallRunner.run}, {@code OpenFile.write}, the row's {@code Handler.write}, the hierarchy.
 *
 * <p><b>Threading:</b> thread-safe. Attributes and handles live in concurrent maps; an open file's
 * snapshot is guarded by the open file.
 *
 * <p><b>Errors:</b> every operation that can fail declares {@link
 * io.github.vcgroupfs.kernel.ErrnoException}; {@code CallRunner} is the one place that catches it,
 * has it written down, and throws it on.
 *
 * <p><b>Not here:</b> rules about limits and groups ({@code memcg}); errno numbers going to the
 * kernel ({@code fuse}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c}, {@code fs/kernfs/}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs;

import org.jspecify.annotations.NullMarked;
