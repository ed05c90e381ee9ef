package io.github.vcgroupfs.cgroupfs.file;

/**
 * The {@code sim.*} files of this program, which no kernel has. Another object serves each of them,
 * through the port {@link ServedFile}. A mount shows those that are served in it.
 */
public enum Served {
  /** Simulated connections. */
  TCP_FLOWS("tcp.flows"),
  /** A line for every simulated or relayed socket; read only. */
  TCP_SOCKETS("tcp.sockets"),
  /** Relays of real connections. */
  TCP_RELAY("tcp.relay"),
  /** TCP memory in numbers, of a group, or on the root of the machine; read only. */
  TCP_STAT("tcp.stat"),
  /** The machine's {@code net.ipv4.tcp_mem} in the model. */
  TCP_MEM("tcp.mem"),
  /** A table of this group and all below it, a line each; read only. */
  GROUPS("groups"),
  /** The calls that are made to fail. */
  FAULT("fault"),
  /** The last refusals in the group, each with its reason; read only. */
  WHY("why"),
  /** The last changes and refusals of the mount; read only. */
  JOURNAL("journal"),
  /** What the reader, and all users together, have of what there is only so much of; read only. */
  QUOTA("quota"),
  /** Whether the accounting branches are on; read only. */
  STATIC_BRANCH("static_branch"),
  /** The folder of the four files below. It exists if they do; nobody serves the folder itself. */
  PROC("proc"),
  /** What {@code /proc/cgroups} would show on a machine with these hierarchies; read only. */
  PROC_CGROUPS("proc/cgroups"),
  /** The reader's {@code /proc/PID/mounts}, with this hierarchy in it; read only. */
  PROC_MOUNTS("proc/mounts"),
  /** The reader's {@code /proc/PID/mountinfo}, with this hierarchy in it; read only. */
  PROC_MOUNTINFO("proc/mountinfo"),
  /**
   * The reader's {@code /proc/PID/cgroup}, with the reader's group in this hierarchy; read only.
   */
  PROC_CGROUP("proc/cgroup");

  private final String fileName;

  Served(String fileName) {
    this.fileName = fileName;
  }

  /** The name without {@code sim.}. */
  public String fileName() {
    return fileName;
  }

  /** The name in the directory. For a file in the folder it is the folder, a slash and the name. */
  public String fullName() {
    return FileOwner.OURS.fullName(fileName);
  }
}
