/**
 * The perf_event controller: {@code perf stat -G} counts what the processes of a group do. It has
 * no files of its own; tools open the directory of a group.
 *
 * <p>Groups can be made, and processes moved into them. {@code perf} itself refuses our directory,
 * because the kernel does not know it as a cgroup.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.perfevent.PerfEventController}, which is all.
 *
 * <p><b>Threading:</b> nothing here changes.
 *
 * <p><b>Source:</b> {@code kernel/events/core.c perf_event_cgrp_subsys}.
 */
@NullMarked
package io.github.vcgroupfs.perfevent;

import org.jspecify.annotations.NullMarked;
