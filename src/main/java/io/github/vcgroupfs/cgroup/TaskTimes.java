package io.github.vcgroupfs.cgroup;

/**
 * How much processor time a process or a thread has used. Immutable.
 *
 * @param startTime when it started, in clock ticks since boot; an id and a start time together
 *     identify it
 * @param ppid the parent process
 * @param cpu the processor that it ran on last
 * @param own what it has used itself; of a process, what all its threads have used, also those that
 *     have ended
 * @param children what its children had used that it has waited for, and theirs: {@code cutime},
 *     {@code cstime}
 */
public record TaskTimes(long startTime, int ppid, int cpu, CpuTime own, CpuTime children) {}
