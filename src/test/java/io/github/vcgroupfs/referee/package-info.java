/**
 * Who is right: the same system calls on two hierarchies, answer by answer. One of them is a
 * kernel, asked now or recorded earlier; the other one is ours.
 *
 * <p><b>Words:</b> A <i>case</i> is a short list of <i>steps</i>, run in a new group. A step is one
 * operation on a file or a group, and has one <i>answer</i>: a value, or the name of an errno.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.referee.Operation}, the table of what can be
 * asked; {@link io.github.vcgroupfs.referee.Comparison}, how answers are compared; {@link
 * io.github.vcgroupfs.referee.Referee}, the program behind {@code mount-scripts/referee}.
 *
 * <p><b>Two ways to ask:</b> {@link io.github.vcgroupfs.referee.DirectoryCalls} makes system calls
 * on any directory, a mount of ours or the kernel's own. {@link
 * io.github.vcgroupfs.referee.MemoryCalls} asks our file system without FUSE; what the kernel would
 * answer before a file system is asked is {@link io.github.vcgroupfs.referee.Unseen} there.
 *
 * <p>Only what the flat jar has is used here, so that the program needs no test library. Tests are
 * the exception.
 */
package io.github.vcgroupfs.referee;
