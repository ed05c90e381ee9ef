package io.github.vcgroupfs.cpuset;

/** What is on or off in a group: {@code cpuset_flagbits_t}. */
enum CpusetFlag {
  /** No sibling has one of its processors. */
  CPU_EXCLUSIVE,
  /** No sibling has one of its memory nodes. */
  MEM_EXCLUSIVE,
  /** Memory of the kernel comes from its nodes, too. */
  MEM_HARDWALL,
  /** Memory moves when the nodes change. */
  MEMORY_MIGRATE,
  /** The scheduler balances its processors. */
  SCHED_LOAD_BALANCE,
  /** The page cache is spread over its nodes. */
  SPREAD_PAGE,
  /** Slabs of the kernel are spread over its nodes. */
  SPREAD_SLAB
}
