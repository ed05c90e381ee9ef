/**
 * One hierarchy, put together from its parts: groups, traffic and files. A daemon makes hierarchies
 * of a real machine with it, and a test makes them in its own JVM.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.hierarchy.Hierarchy}.
 *
 * <p><b>Threading:</b> thread-safe. Nothing here has a thread.
 *
 * <p><b>Not here:</b> who is in which group and what the machine is: those are ports ({@code
 * daemon}, {@code injvm}).
 */
@NullMarked
package io.github.vcgroupfs.hierarchy;

import org.jspecify.annotations.NullMarked;
