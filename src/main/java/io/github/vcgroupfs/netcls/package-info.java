/**
 * The net_cls controller: a number that is put on what the processes of a group send, for {@code
 * tc} and for filters.
 *
 * <p>The number is kept and shown. It is put on nothing, because a program like this one does not
 * send what other processes send.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.netcls.NetClsFiles}, the table of files.
 *
 * <p><b>Threading:</b> any thread.
 *
 * <p><b>Source:</b> {@code net/core/netclassid_cgroup.c}; before 3.14, {@code
 * net/sched/cls_cgroup.c}.
 */
@NullMarked
package io.github.vcgroupfs.netcls;

import org.jspecify.annotations.NullMarked;
