package io.github.vcgroupfs.differential;

import java.util.Set;

/** What care a file needs, told by its name. */
enum FileKind {
  /** None. */
  ANY,
  /** Lists of processes: only processes that were started for this may be written into one. */
  PROCESSES,
  /**
   * Limits of memory that a real group uses for itself: a small one is refused there, and is no
   * fact about the interface.
   */
  TIGHT,
  /** What a real group counts by itself: of a text, the shape is compared. */
  VOLATILE;

  private static final Set<String> PROCESS_LISTS = Set.of("cgroup.procs", "tasks");
  private static final Set<String> TIGHT_LIMITS =
      Set.of("memory.limit_in_bytes", "memory.memsw.limit_in_bytes");
  private static final Set<String> COUNTED =
      Set.of(
          "memory.stat",
          "memory.numa_stat",
          "memory.kmem.slabinfo",
          "memory.usage_in_bytes",
          "memory.max_usage_in_bytes",
          "memory.memsw.usage_in_bytes",
          "memory.memsw.max_usage_in_bytes",
          "memory.kmem.usage_in_bytes",
          "memory.kmem.max_usage_in_bytes");

  /** Of a path. */
  static FileKind of(String place) {
    String name = place.replaceFirst("/+\\.?$", "").replaceFirst(".*/", "");
    if (PROCESS_LISTS.contains(name)) {
      return PROCESSES;
    }
    if (TIGHT_LIMITS.contains(name)) {
      return TIGHT;
    }
    return COUNTED.contains(name) ? VOLATILE : ANY;
  }

  /** Whether a text must be written into it in one piece. */
  boolean isWrittenWhole() {
    return this == PROCESSES || this == TIGHT;
  }

  /** Whether the number of its bytes differs between worlds. */
  boolean hasOwnLength() {
    return this == PROCESSES || this == VOLATILE;
  }
}
