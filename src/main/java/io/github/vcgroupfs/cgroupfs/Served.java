package io.github.vcgroupfs.cgroupfs;

/** Files of ours whose content comes from another package, through the port {@link ServedFile}. */
public enum Served {
  /** {@code sim.tcp.flows}: simulated connections. */
  TCP_FLOWS,
  /** {@code sim.tcp.sockets}: every simulated or relayed socket; read only. */
  TCP_SOCKETS,
  /** {@code sim.tcp.relay}: relays of real connections. */
  TCP_RELAY,
  /** {@code sim.proc/cgroups}: what {@code /proc/cgroups} says where there is such a hierarchy. */
  PROC_CGROUPS,
  /** {@code sim.proc/mounts}: the reader's {@code /proc/PID/mounts}, with this hierarchy. */
  PROC_MOUNTS,
  /** {@code sim.proc/mountinfo}: the reader's {@code /proc/PID/mountinfo}, with it. */
  PROC_MOUNTINFO,
  /** {@code sim.proc/cgroup}: the reader's {@code /proc/PID/cgroup}, with its group here. */
  PROC_CGROUP
}
