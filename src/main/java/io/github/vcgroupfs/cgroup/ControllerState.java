package io.github.vcgroupfs.cgroup;

/**
 * What a controller keeps of one group: the kernel's {@code struct cgroup_subsys_state}, css for
 * short. The core only carries it; {@link Cgroup#state} finds it again by its type.
 */
public interface ControllerState {}
