/**
 * What a path leads to: a group, a control file, a name that is free, or nothing.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.path.Node}. Its methods {@code
 * require...} are the checks with which an operation begins, each with its errno and a sentence
 * that says what to do instead.
 *
 * <p><b>Threading:</b> nodes are immutable. What a node led to may be gone a moment later; the
 * hierarchy looks again under its lock.
 *
 * <p><b>Not here:</b> permissions, which the kernel checks before a call comes to us.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.path;

import org.jspecify.annotations.NullMarked;
