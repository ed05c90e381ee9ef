package io.github.vcgroupfs.simulate;

import java.util.Locale;

/** What a step does. */
public enum Action {
  /** Writes the TCP limit, bytes; -1: none. */
  LIMIT,
  /** Writes the kernel memory limit. */
  KMEM_LIMIT,
  /** Writes the memory limit. */
  MEMORY_LIMIT,
  /** Writes the flag of the article. */
  INDEPENDENT_KMEM_LIMIT,
  /** Makes the group hierarchical. */
  USE_HIERARCHY,
  /** Sets the machine's {@code tcp_mem}, three page counts; the group does not matter. */
  TCP_MEM,
  /** Commands as {@code sim.tcp.flows} takes them. */
  FLOWS;

  /** As a step of a scenario names it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
