/**
 * The cpuset controller: on which processors and memory nodes the processes of a group may be.
 *
 * <p>The lists are kept and shown, with all rules about parents, children and siblings. They bind
 * nobody to a processor: the real processes in the groups run where they ran before.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cpuset.CpusetFiles}, the table of files; {@link
 * io.github.vcgroupfs.cpuset.CpusetController}, the controller.
 *
 * <p><b>Reading order:</b> {@code CpusetFlag}, {@code Resource} (processors or memory nodes),
 * {@code CpusetSettings} (what was written), {@code CpusetGroup}, {@code CpusetRules} (which
 * settings a group may have), {@code CpusetController}, {@code ListHandler}, {@code CpusetFiles}.
 *
 * <p><b>Threading:</b> any thread. Settings are written under the hierarchy's lock; reads take
 * none.
 *
 * <p><b>Not here:</b> how a list is read ({@code kernel.ListParser}), which processors there are
 * ({@code cgroup.Machine}).
 *
 * <p><b>Source:</b> {@code kernel/cpuset.c}, later {@code kernel/cgroup/cpuset.c} and {@code
 * kernel/cgroup/cpuset-v1.c}.
 */
@NullMarked
package io.github.vcgroupfs.cpuset;

import org.jspecify.annotations.NullMarked;
