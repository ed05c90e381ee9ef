/**
 * What a kernel does between a program and a file system, for programs in this JVM: it walks paths,
 * asks permissions, keeps offsets of open files, and tells who watches. A mount has the true kernel
 * for that.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.vfs.Vfs}, the system calls; {@link
 * io.github.vcgroupfs.vfs.Permissions}, who may do what.
 *
 * <p><b>Threading:</b> thread-safe. It keeps nothing but offsets and watchers.
 *
 * <p><b>Errors:</b> {@link io.github.vcgroupfs.kernel.ErrnoException}, as from the file system
 * below.
 *
 * <p><b>Not here:</b> what groups and control files do ({@code cgroupfs}), and what Java makes of
 * an errno ({@code nio}).
 *
 * <p><b>Source:</b> {@code fs/namei.c}, {@code fs/open.c}, {@code fs/attr.c}, {@code fs/xattr.c},
 * {@code fs/read_write.c}, {@code fs/notify/}.
 */
@NullMarked
package io.github.vcgroupfs.vfs;

import org.jspecify.annotations.NullMarked;
