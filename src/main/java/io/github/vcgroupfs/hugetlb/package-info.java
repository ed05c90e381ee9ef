/**
 * The hugetlb controller: how much memory in huge pages a group may have. A <i>huge page</i> is a
 * page of memory that is much larger than the usual 4 KiB, and is set aside before use.
 *
 * <p>Limits are kept and shown. They stop nobody, and usage is always 0, because a program like
 * this one is not asked when a process takes such a page.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.hugetlb.HugetlbFiles}, the table of files;
 * {@link io.github.vcgroupfs.hugetlb.HugetlbController}, the controller.
 *
 * <p><b>Threading:</b> any thread. Limits are written under the hierarchy's lock; reads take none.
 *
 * <p><b>Not here:</b> which sizes the machine has ({@code cgroup.Machine}), and how a limit is read
 * ({@code kernel.LimitParser}).
 *
 * <p><b>Source:</b> {@code mm/hugetlb_cgroup.c}.
 */
@NullMarked
package io.github.vcgroupfs.hugetlb;

import org.jspecify.annotations.NullMarked;
