package io.github.vcgroupfs.cgroupfs.file;

/**
 * The files of ours, {@code sim.*}. None of them is a kernel's: somebody serves each of them,
 * through the port {@link ServedFile}. A mount has those that are served in it.
 */
public enum Served {
  /** Simulated connections. */
  TCP_FLOWS("tcp.flows"),
  /** Every simulated or relayed socket; read only. */
  TCP_SOCKETS("tcp.sockets"),
  /** Relays of real connections. */
  TCP_RELAY("tcp.relay"),
  /** A group's TCP memory in numbers, on the root that of the machine; read only. */
  TCP_STAT("tcp.stat"),
  /** The model's {@code net.ipv4.tcp_mem}. */
  TCP_MEM("tcp.mem"),
  /** Which calls are made to fail. */
  FAULT("fault"),
  /** The last refusals in the group, and why; read only. */
  WHY("why"),
  /** The last changes and refusals of the mount; read only. */
  JOURNAL("journal"),
  /** Whether the accounting branches are on; read only. */
  STATIC_BRANCH("static_branch"),
  /** The folder of the four below; there if they are, and not served itself. */
  PROC("proc"),
  /** What {@code /proc/cgroups} says where there is such a hierarchy; read only. */
  PROC_CGROUPS("proc/cgroups"),
  /** The reader's {@code /proc/PID/mounts}, with this hierarchy; read only. */
  PROC_MOUNTS("proc/mounts"),
  /** The reader's {@code /proc/PID/mountinfo}, with it; read only. */
  PROC_MOUNTINFO("proc/mountinfo"),
  /** The reader's {@code /proc/PID/cgroup}, with its group here; read only. */
  PROC_CGROUP("proc/cgroup");

  private final String fileName;

  Served(String fileName) {
    this.fileName = fileName;
  }

  /** The name without {@code sim.}. */
  public String fileName() {
    return fileName;
  }

  /** The name in the directory; of a file in the folder: the folder, a slash, the name. */
  public String fullName() {
    return FileOwner.OURS.fullName(fileName);
  }
}
