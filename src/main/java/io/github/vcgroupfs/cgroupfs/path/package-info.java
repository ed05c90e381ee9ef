/**
 * Finds what a path leads to: a group, a control file, a name that is free, or nothing.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.path.Node}. Its methods {@code
 * require...} are the checks with which an operation begins, each with its errno and a sentence
 * that says what to do instead.
 *
 * <p><b>Threading:</b> nodes are immutable. What a node stands for may be removed a moment later,
 * so the hierarchy checks again under its lock.
 *
 * <p><b>Not here:</b> permissions. The kernel checks those before it passes a call on to this
 * program.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.path;

import org.jspecify.annotations.NullMarked;
