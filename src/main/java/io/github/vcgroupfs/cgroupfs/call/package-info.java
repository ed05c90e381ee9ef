/**
 * The calls that a file system gets, as data: {@code FsCall} names them and lists the errors that a
 * kernel can return for each. {@code CallSubject} is one call. The journal records calls, and
 * {@code sim.fault} makes them fail.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.call.FsCall}.
 *
 * <p><b>Threading:</b> everything here is immutable.
 *
 * <p><b>Not here:</b> what the calls do ({@code cgroupfs}).
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.call;

import org.jspecify.annotations.NullMarked;
