/**
 * What happened in a mount, for people to read: {@code sim.journal} has the changes and refusals of
 * the whole mount, {@code sim.why} the refusals of one group, each with its reason.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.journal.Recorder}.
 *
 * <p><b>Threading:</b> thread-safe; each log has its own monitor. An entry is formatted when it is
 * read, not when it is written.
 *
 * <p><b>Not here:</b> who calls the recorder ({@code cgroupfs.CallRunner}).
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.journal;

import org.jspecify.annotations.NullMarked;
