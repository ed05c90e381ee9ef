/**
 * The blkio controller: how much a group may read from disks and write to them, and how disks are
 * shared between groups.
 *
 * <p>Limits and weights are kept and shown. They slow nobody down, because a program like this one
 * is not asked when a process reads or writes. No I/O is counted: statistics are 0 for each device
 * that a group has a rule for, as in a kernel where nothing was read or written.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.blkio.BlkioFiles}, the table of files; {@link
 * io.github.vcgroupfs.blkio.BlkioController}, the controller.
 *
 * <p><b>Reading order:</b> {@code BlkioController}, {@code BlkioGroup} and {@code DeviceGroup}
 * (what is kept), {@code DeviceSetting}, {@code DeviceRule} (what may be written), {@code
 * BlkioFiles} and the handlers.
 *
 * <p><b>Threading:</b> any thread. Rules are written under the hierarchy's lock; reads take none.
 *
 * <p><b>Not here:</b> which devices there are ({@code cgroup.Machine}).
 *
 * <p><b>Source:</b> {@code block/blk-cgroup.c}, {@code block/blk-throttle.c}, {@code
 * block/cfq-iosched.c}, {@code block/bfq-cgroup.c}.
 */
@NullMarked
package io.github.vcgroupfs.blkio;

import org.jspecify.annotations.NullMarked;
