package io.github.vcgroupfs.cgroup;

/**
 * What a controller keeps of one group. The kernel calls it {@code struct cgroup_subsys_state}, or
 * css for short. This package only stores it; {@link Cgroup#state} finds it by its class.
 */
public interface ControllerState {}
