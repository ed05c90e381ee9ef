package io.github.vcgroupfs.cpuset;

/** What a group has a list of. */
enum Resource {
  /** Processors: {@code cpus_allowed}. */
  CPUS("processors", CpusetFlag.CPU_EXCLUSIVE),
  /** Memory nodes: {@code mems_allowed}. */
  MEMS("memory nodes", CpusetFlag.MEM_EXCLUSIVE);

  private final String plural;
  private final CpusetFlag exclusive;

  Resource(String plural, CpusetFlag exclusive) {
    this.plural = plural;
    this.exclusive = exclusive;
  }

  /** How a sentence names several of them. */
  String plural() {
    return plural;
  }

  /** The flag with which a group has them for itself. */
  CpusetFlag exclusive() {
    return exclusive;
  }
}
