package io.github.vcgroupfs.kernel;

/**
 * What a kernel has or lacks. A profile is, first of all, a set of these; code asks for a feature
 * and never for a profile. A row of the control-file table names the feature it needs.
 */
public enum KernelFeature {
  /** {@code memory.kmem.tcp.*}: the mainline names of the TCP buffer knobs, Linux 3.3 to today. */
  KMEM_TCP,
  /** {@code memory.kmem.limit_in_bytes} and {@code memory.kmem.usage_in_bytes}. */
  KMEM,
  /** {@code memory.kmem.failcnt} and {@code memory.kmem.max_usage_in_bytes}, from 3.8. */
  KMEM_RECORDS,
  /** A write to {@code memory.kmem.limit_in_bytes} is a warning in the log, from 5.4. */
  DEPRECATED_KMEM_LIMIT,
  /** So is one to the other knobs that only v1 has: seen in 6.18. */
  DEPRECATED_KNOBS,
  /** {@code memory.kmem.slabinfo}. */
  KMEM_SLABINFO,
  /** {@code memory.independent_kmem_limit}: only the patch set of 2011 had it. */
  INDEPENDENT_KMEM_LIMIT,
  /** Socket buffers count as kernel memory: only in the article. */
  SOCKETS_ARE_KERNEL_MEMORY,
  /** {@code memory.memsw.*}: swap extension compiled in and switched on. */
  MEMSW,
  /** {@code memory.numa_stat}. */
  NUMA_STAT,
  /** {@code memory.numa_stat} has lines for the hierarchy, too; from 3.19 at the latest. */
  NUMA_STAT_HIERARCHICAL,
  /** {@code memory.pressure_level}, from 3.10. */
  PRESSURE_LEVEL,
  /** {@code memory.pressure_level} has mode 0444 instead of 0000; seen in 6.18. */
  PRESSURE_LEVEL_READABLE,
  /** Registered with {@code ,default}, {@code ,hierarchy} or {@code ,local}, from 4.13. */
  PRESSURE_MODES,
  /** {@code cgroup.event_control} is a file of every hierarchy, until 3.13. */
  CORE_EVENT_CONTROL,
  /** It is a file of the memory controller, from 3.14 ({@code mem_cgroup_files}). */
  MEMORY_EVENT_CONTROL,
  /** The file an event is registered for may be in another group, until 3.9. */
  EVENT_OF_ANY_GROUP,
  /** {@code memory.oom_control} counts kills in a third line, from 4.13. */
  OOM_KILL_COUNT,
  /** {@code cgroup.sane_behavior} in the root, from 3.10. */
  SANE_BEHAVIOR,
  /** {@code cgroup.event_control} may be written by everybody (mode 0222), until 6.1 at least. */
  WORLD_WRITABLE_EVENT_CONTROL,
  /** Every counter counts its refusals, until 6.14; later only {@code memory.failcnt} moves. */
  FAILCNT_OF_EVERY_COUNTER,
  /** poll shows PRI and ERR until the file was read: {@code kernfs_generic_poll}, from 3.14. */
  KERNFS_POLL,
  /** rename asks for the same parent before it asks for a free name: kernfs, from 3.15. */
  RENAME_ASKS_PARENT_FIRST,
  /** fsync of a control file succeeds; until 4.4 at least it is EINVAL. */
  FILE_FSYNC,
  /** {@code truncate} sets {@code st_size}, to which no read pays heed; until 3.13. */
  TRUNCATE_SETS_SIZE,
  /**
   * Process lists and files of several lines can be read from a handle when their group is gone;
   * files of one number are ENODEV, and so is every write. Until 3.13; with kernfs all are ENODEV.
   */
  TEXT_OUTLIVES_GROUP,
  /** The kernel's id space for memory groups is finite and mkdir fails when it is used up. */
  GROUP_ID_SPACE,
  /** The pids controller, from 4.3. */
  PIDS,
  /** {@code pids.events}, from 4.8. */
  PIDS_EVENTS,
  /** {@code pids.peak}, from 6.1 at the latest. */
  PIDS_PEAK,
  /** {@code kmem.tcp.*} without {@code memory.}: the names in the article. */
  ARTICLE_NAMES,
  /** {@code memory.kmem.limit_in_bytes} can be written, as the article has it. */
  SETTABLE_KMEM_LIMIT,
  /** Ours: usage files can be written; the value is the injected memory. */
  SETTABLE_USAGE,
  /** Ours: a group with processes shows a usage of at least one page. */
  POPULATED_USAGE,
  /** Ours: extended attributes are kept even where the kernel's cgroupfs had none. */
  KEPT_XATTR,
  /** Ours: the {@code sim.*} files. */
  SIM_FILES
}
