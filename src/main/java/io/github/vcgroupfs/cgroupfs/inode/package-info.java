/**
 * What {@code stat} shows of a directory or a control file: number, owner, mode, times, and the
 * extended attributes.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.inode.Inodes}, which also says how a
 * number is made of the hierarchy, the group and the file.
 *
 * <p><b>Threading:</b> thread-safe: a concurrent map of directories; each inode has its own
 * monitor.
 *
 * <p><b>Not here:</b> which files there are and what they contain ({@code cgroupfs.file}); sizes
 * ({@code cgroupfs.FileStats}).
 *
 * <p><b>Source:</b> {@code fs/kernfs/inode.c}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.inode;

import org.jspecify.annotations.NullMarked;
