/**
 * Who may do what through a daemon, and how much of it. The daemon is often root and its users are
 * not: a {@code sim.*} file must not let them do what the kernel would not let them do by
 * themselves, nor use up what others share.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.rights.Rights}. It is the one place that answers
 * "may this caller do that"; {@link io.github.vcgroupfs.rights.Quotas} says how much of it.
 *
 * <p><b>Reading order:</b> {@code Rights}; {@code Quota} (what there is only so much of), {@code
 * QuotaLimits}, {@code Quotas}; {@code Sharing} has both for a mount.
 *
 * <p><b>Threading:</b> any thread. Only {@code Quotas} changes; its monitor is a leaf.
 *
 * <p><b>Not here:</b> the permission bits of files, which the kernel checks ({@code
 * cgroupfs.inode}), and who may move a process ({@code membership.AttachRules}).
 */
@NullMarked
package io.github.vcgroupfs.rights;

import org.jspecify.annotations.NullMarked;
