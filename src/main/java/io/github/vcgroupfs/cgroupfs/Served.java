package io.github.vcgroupfs.cgroupfs;

/** Files of ours whose content comes from another package, through the port {@link ServedFile}. */
public enum Served {
  /** {@code sim.tcp.flows}: simulated connections. */
  TCP_FLOWS,
  /** {@code sim.tcp.sockets}: every simulated or relayed socket; read only. */
  TCP_SOCKETS,
  /** {@code sim.tcp.relay}: relays of real connections. */
  TCP_RELAY
}
