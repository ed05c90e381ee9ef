package io.github.vcgroupfs.kernel;

/**
 * Something that a kernel has or does. A profile is, first of all, a set of these. Code asks a
 * profile for a feature, and never which profile it is. A row of the table of control files names
 * the feature that it needs.
 */
public enum KernelFeature {

  /**
   * {@code memory.kmem.tcp.*}: the files that limit TCP buffers, with the names they have in Linux
   * since 3.3.
   */
  KMEM_TCP,

  /** {@code memory.kmem.limit_in_bytes} and {@code memory.kmem.usage_in_bytes}. */
  KMEM,

  /** {@code memory.kmem.failcnt} and {@code memory.kmem.max_usage_in_bytes}, from 3.8. */
  KMEM_RECORDS,

  /** A write to {@code memory.kmem.limit_in_bytes} puts a warning into the log. From 5.4. */
  DEPRECATED_KMEM_LIMIT,

  /** A write to another file that only v1 has puts a warning into the log. Seen in 6.18. */
  DEPRECATED_KNOBS,

  /** {@code memory.kmem.slabinfo}. */
  KMEM_SLABINFO,

  /** {@code memory.independent_kmem_limit}: only the patch set of 2011 had it. */
  INDEPENDENT_KMEM_LIMIT,

  /** Socket buffers count as kernel memory: only in the article. */
  SOCKETS_ARE_KERNEL_MEMORY,

  /** {@code memory.memsw.*}: counting of swap is compiled in and switched on. */
  MEMSW,

  /** {@code memory.numa_stat}. */
  NUMA_STAT,

  /**
   * {@code memory.numa_stat} also has lines that include the groups below. From 3.19 at the latest.
   */
  NUMA_STAT_HIERARCHICAL,

  /** {@code memory.pressure_level}, from 3.10. */
  PRESSURE_LEVEL,

  /** {@code memory.pressure_level} has mode 0444 instead of 0000; seen in 6.18. */
  PRESSURE_LEVEL_READABLE,

  /**
   * A registration for pressure can end in {@code ,default}, {@code ,hierarchy} or {@code ,local}.
   * From 4.13.
   */
  PRESSURE_MODES,

  /** {@code cgroup.event_control} is in every hierarchy. Until 3.13. */
  CORE_EVENT_CONTROL,

  /**
   * {@code cgroup.event_control} belongs to the memory controller. From 3.14 ({@code
   * mem_cgroup_files}).
   */
  MEMORY_EVENT_CONTROL,

  /** A registration may name a file of another group. Until 3.9. */
  EVENT_OF_ANY_GROUP,

  /** {@code memory.oom_control} has a third line, with the number of kills. From 4.13. */
  OOM_KILL_COUNT,

  /**
   * A memory limit that refuses tells nobody who listens to {@code memory.oom_control}, unless
   * {@code oom_kill_disable} is 1: {@code mem_cgroup_oom}. In 4.19 until January 2019.
   */
  SILENT_OOM,

  /**
   * Only who opened {@code release_agent} with CAP_SYS_ADMIN in the first user namespace may write
   * it. From 5.17, and in the stable series since February 2022.
   */
  RELEASE_AGENT_NEEDS_CAPABILITY,

  /** {@code cgroup.sane_behavior} in the root, from 3.10. */
  SANE_BEHAVIOR,

  /** Everybody may write {@code cgroup.event_control} (mode 0222). Until 6.1 at least. */
  WORLD_WRITABLE_EVENT_CONTROL,

  /** Every counter counts its refusals. Until 6.14; later only {@code memory.failcnt} changes. */
  FAILCNT_OF_EVERY_COUNTER,

  /** poll reports PRI and ERR until the file was read: {@code kernfs_generic_poll}. From 3.14. */
  KERNFS_POLL,

  /**
   * mkdir and rmdir set the times of the directory that they change, once somebody has set its
   * attributes: {@code kernfs_add_one}, {@code __kernfs_remove}. From 3.14.
   */
  KERNFS_TIMES,

  /**
   * rename first checks that the parent is the same, and then that the name is free: kernfs. From
   * 3.15.
   */
  RENAME_ASKS_PARENT_FIRST,

  /** fsync of a control file succeeds. Without this, it is EINVAL; so in 4.4 and before. */
  FILE_FSYNC,

  /**
   * lseek on an open file is ENODEV after its group was removed: {@code kernfs_fop_llseek}. In
   * 6.18; in 5.15 it is {@code generic_file_llseek}, which asks nobody.
   */
  LLSEEK_NEEDS_GROUP,

  /** {@code truncate} changes {@code st_size}, which has no effect on reads. Until 3.13. */
  TRUNCATE_SETS_SIZE,

  /**
   * An open file can still be read after its group was removed, if it has several lines or lists
   * processes. A file with one number is ENODEV then, and so is every write. Until 3.13; with
   * kernfs all are ENODEV.
   */
  TEXT_OUTLIVES_GROUP,

  /**
   * Controllers still see a child for some milliseconds after it was removed: {@code
   * css_next_child}. In 4.4, not in 3.10, where {@code cgroup_destroy_locked} takes it out of the
   * list.
   */
  REMOVED_CHILDREN_LINGER,

  /** The kernel has a limited number of ids for memory groups. mkdir fails when all are in use. */
  GROUP_ID_SPACE,

  /** Groups under CFQ: {@code blkio.weight} and its statistics. Until 4.20. */
  CFQ_GROUPS,

  /** Under CFQ a group's own tasks have a weight beside its children: from 3.9, until 4.20. */
  CFQ_LEAF_WEIGHTS,

  /**
   * The first rule for a device makes what a blkio group and those above it have for that device.
   * The rule is read by {@code sscanf}. From 3.5; the groups above from 3.9.
   */
  BLKIO_DEVICE_GROUPS,

  /** A device that is not there is ENODEV for blkio, and a weight out of range ERANGE. From 4.3. */
  BLKIO_REFINED_ERRORS,

  /** Statistics of blkio have lines for discards. From 4.19. */
  BLKIO_DISCARD,

  /** {@code blkio.throttle.io_serviced_recursive} and its neighbour, from 4.16. */
  THROTTLE_RECURSIVE,

  /** Groups under BFQ are built in: {@code blkio.bfq.*}. Elsewhere it is a module. Seen in 6.18. */
  BFQ_GROUPS,

  /** The hugetlb controller, from 3.6. */
  HUGETLB,

  /** Limits of huge pages are rounded down to whole ones. From 4.7. */
  HUGETLB_WHOLE_PAGES,

  /** {@code hugetlb.SIZE.rsvd.*}: limits on reservations, from 5.7. */
  HUGETLB_RESERVATIONS,

  /** {@code hugetlb.SIZE.numa_stat}, from 5.17. */
  HUGETLB_NUMA_STAT,

  /** The net_prio controller, from 3.3. */
  NET_PRIO,

  /** A net_prio group takes its priorities from its parent, and may have children. From 3.8. */
  NET_PRIO_INHERITS,

  /** {@code cpuset.effective_cpus} and {@code cpuset.effective_mems}, from 3.17. */
  CPUSET_EFFECTIVE,

  /**
   * {@code cpuset.sched_relax_domain_level} takes two levels more, the last of which switches the
   * search off. From 6.9, and in the stable series since June 2024.
   */
  CPUSET_RELAX_ABOVE_LAST,

  /**
   * Processors with the same L2 cache are a scheduling domain of their own. From 5.16, and compiled
   * in or not (CONFIG_SCHED_CLUSTER).
   */
  CLUSTER_DOMAINS,
  /**
   * Each processor has a server that keeps time for ordinary tasks, and counts as a deadline task
   * of 50 ms a second. From 6.12 ({@code dl_server_start}).
   */
  FAIR_SERVERS,

  /**
   * {@code cpu.rt_*}: real-time tasks are limited by group. Compiled in or not
   * (CONFIG_RT_GROUP_SCHED).
   */
  RT_GROUP_SCHED,

  /**
   * Without {@link #RT_GROUP_SCHED}, no real-time task can be moved in a hierarchy with the cpu
   * controller. Until 5.2.
   */
  CPU_FAIR_TASKS_ONLY,

  /**
   * A weight in {@code cpu.shares} is kept with ten bits more, and wraps around. From 4.7 to 5.1;
   * the stable series were mended in May 2019, 4.9 with 4.9.180.
   */
  CPU_SHARES_WRAP,

  /**
   * A time in microseconds that is too long for nanoseconds is refused. From 5.2, and in the stable
   * series since May 2019, such as 4.19.47.
   */
  CPU_OVERFLOW_CHECKS,

  /** A quota or runtime that is too long to be compared with others is refused. From 5.8. */
  CFS_RUNTIME_BOUND,

  /** {@code cpu.cfs_burst_us}, from 5.14. */
  CFS_BURST,

  /** {@code cpu.stat} has {@code nr_bursts} and {@code burst_time}. From 5.16. */
  CFS_BURST_STATISTICS,

  /** {@code cpu.idle}, from 5.15. */
  CPU_IDLE,

  /** {@code cpu.stat.local}, from 6.7. */
  CPU_STAT_LOCAL,

  /** {@code cpuacct.usage_user} and its neighbours, from 4.7. */
  CPUACCT_USER_AND_SYS,

  /** {@code cpuacct.usage_all}, from 4.8. */
  CPUACCT_USAGE_ALL,

  /**
   * A write to {@code cpuacct.usage} also resets {@code cpuacct.stat}, and has no effect on the
   * root. From 5.17, and in the stable series.
   */
  CPUACCT_RESETS_STAT,

  /** The pids controller, from 4.3. */
  PIDS,

  /** {@code pids.events}, from 4.8. */
  PIDS_EVENTS,

  /** {@code pids.peak}, from 6.1 at the latest. */
  PIDS_PEAK,

  /**
   * A group of devices allows or denies by default, and lists exceptions. What is denied is denied
   * to the groups below, too. Without this, a list says what is allowed. From 3.7 on.
   */
  DEVICES_EXCEPTIONS,

  /** A child gets no device of which its parent denies a part: in 4.4, not in 3.10. */
  DEVICES_PARTIAL_MATCH,

  /** Who freezes a group freezes those below, too, and tasks can be moved then. From 3.8 on. */
  FREEZER_HIERARCHY,

  /** {@code kmem.tcp.*} without {@code memory.} in front: the names in the article. */
  ARTICLE_NAMES,

  /** {@code memory.kmem.limit_in_bytes} can be written, as in the article. */
  SETTABLE_KMEM_LIMIT,

  /** Our own: usage files can be written. The number is the injected memory. */
  SETTABLE_USAGE,

  /** Our own: a group with processes shows a usage of at least one page. */
  POPULATED_USAGE,

  /** Our own: extended attributes are kept, even if the kernel's cgroupfs had none. */
  KEPT_XATTR,

  /** Our own: the {@code sim.*} files. */
  SIM_FILES
}
