/**
 * The files that every hierarchy has, whatever its controllers. Some are the kernel's ({@code
 * tasks}, {@code cgroup.procs}, {@code release_agent} and so on); their handlers are in this
 * package. The others are our own ({@code sim.*}).
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.core.CoreFiles} and {@link
 * io.github.vcgroupfs.cgroupfs.core.SimFiles}, two tables.
 *
 * <p><b>Not here:</b> the files of a controller, which are with the controller ({@code
 * memcg.files}).
 *
 * <p><b>Source:</b> {@code kernel/cgroup/cgroup-v1.c}, {@code mm/memcontrol.c
 * memcg_write_event_control}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.core;

import org.jspecify.annotations.NullMarked;
