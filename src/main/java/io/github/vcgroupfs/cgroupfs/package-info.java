/**
 * The file system in plain Java: paths, open files and directories, and operations on bytes. There
 * is no FUSE here and there are no sockets, so a test can call all of it directly.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.CgroupFs}, the operations. Tables list
 * the files that exist; {@code controllers.ControlFiles} puts the tables together.
 *
 * <p><b>Its sub-packages,</b> each with a page of its own. One uses only those that stand above it
 * in this list:
 *
 * <ul>
 *   <li>{@code inode}: what {@code stat} shows.
 *   <li>{@code file}: a control file: a row of a table and its handler.
 *   <li>{@code core}: the files of every hierarchy, and our own ({@code sim.*}).
 *   <li>{@code path}: what a path leads to.
 *   <li>{@code call}: the calls, as data.
 *   <li>{@code fault}: calls that are made to fail.
 *   <li>{@code journal}: what happened, for people to read.
 *   <li>{@code restore}: recorded hierarchies are restored.
 * </ul>
 *
 * <p><b>Reading order:</b> {@code CgroupFs}, {@code CallRunner} (what comes before and after each
 * call), {@code OpenFile}; then {@code file}. A write passes through {@code CgroupFs.write}, {@code
 * CallRunner.run}, {@code OpenFile.write}, the row's {@code Handler.write}, the hierarchy.
 *
 * <p><b>Threading:</b> thread-safe. Attributes and handles live in concurrent maps; an open file's
 * snapshot is guarded by the open file.
 *
 * <p><b>Errors:</b> every operation that can fail declares {@link
 * io.github.vcgroupfs.kernel.ErrnoException}; {@code CallRunner} is the only place that catches it.
 * It has the refusal recorded, and throws it again.
 *
 * <p><b>Not here:</b> rules about limits and groups ({@code memcg}); errno numbers that are
 * returned to the kernel ({@code fuse}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup.c}, {@code fs/kernfs/}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs;

import org.jspecify.annotations.NullMarked;
