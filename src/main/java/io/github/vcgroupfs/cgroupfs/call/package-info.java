/**
 * The calls that a file system gets, as data: {@code FsCall} names them and says with which errors
 * a kernel can answer each; {@code CallSubject} is one call. The journal writes them down, and
 * {@code sim.fault} makes them fail.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.call.FsCall}.
 *
 * <p><b>Threading:</b> all is immutable.
 *
 * <p><b>Not here:</b> what the calls do ({@code cgroupfs}).
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.call;

import org.jspecify.annotations.NullMarked;
