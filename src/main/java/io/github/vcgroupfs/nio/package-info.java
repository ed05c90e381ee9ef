/**
 * Control groups in this JVM, as a {@link java.nio.file.FileSystem}. A mount is not needed, nor
 * root, nor Linux.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.nio.VirtualCgroupFileSystem}.
 *
 * <p><b>How it is made.</b> {@code fuse} and this package are two adapters on one file system
 * ({@code cgroupfs.FileCalls}); there is no second set of rules. Below {@code fuse} there is a
 * kernel, here there is {@code vfs}. Above, this package makes the system calls that the JDK makes
 * on Linux, and the JDK's exceptions of their errors ({@code Outcome}).
 *
 * <p><b>Threading:</b> thread-safe. Paths, views and options are immutable.
 *
 * <p><b>Errors:</b> those of {@code java.nio}, with the messages that they have on Linux. The cause
 * is the refusal, with its sentence.
 *
 * <p><b>Not here:</b> what groups and files do ({@code cgroupfs} and below), and permissions
 * ({@code vfs}).
 *
 * <p><b>Source:</b> what JDK 17 and 25 do on Linux; see decision 17.
 */
@NullMarked
package io.github.vcgroupfs.nio;

import org.jspecify.annotations.NullMarked;
