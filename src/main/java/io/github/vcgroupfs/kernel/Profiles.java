package io.github.vcgroupfs.kernel;

import static io.github.vcgroupfs.kernel.KernelFeature.ARTICLE_NAMES;
import static io.github.vcgroupfs.kernel.KernelFeature.BFQ_GROUPS;
import static io.github.vcgroupfs.kernel.KernelFeature.BLKIO_DEVICE_GROUPS;
import static io.github.vcgroupfs.kernel.KernelFeature.BLKIO_DISCARD;
import static io.github.vcgroupfs.kernel.KernelFeature.BLKIO_REFINED_ERRORS;
import static io.github.vcgroupfs.kernel.KernelFeature.CFQ_GROUPS;
import static io.github.vcgroupfs.kernel.KernelFeature.CFQ_LEAF_WEIGHTS;
import static io.github.vcgroupfs.kernel.KernelFeature.CFS_BURST;
import static io.github.vcgroupfs.kernel.KernelFeature.CFS_BURST_STATISTICS;
import static io.github.vcgroupfs.kernel.KernelFeature.CFS_RUNTIME_BOUND;
import static io.github.vcgroupfs.kernel.KernelFeature.CLUSTER_DOMAINS;
import static io.github.vcgroupfs.kernel.KernelFeature.CORE_EVENT_CONTROL;
import static io.github.vcgroupfs.kernel.KernelFeature.CPUACCT_RESETS_STAT;
import static io.github.vcgroupfs.kernel.KernelFeature.CPUACCT_USAGE_ALL;
import static io.github.vcgroupfs.kernel.KernelFeature.CPUACCT_USER_AND_SYS;
import static io.github.vcgroupfs.kernel.KernelFeature.CPUSET_EFFECTIVE;
import static io.github.vcgroupfs.kernel.KernelFeature.CPUSET_RELAX_ABOVE_LAST;
import static io.github.vcgroupfs.kernel.KernelFeature.CPU_FAIR_TASKS_ONLY;
import static io.github.vcgroupfs.kernel.KernelFeature.CPU_IDLE;
import static io.github.vcgroupfs.kernel.KernelFeature.CPU_OVERFLOW_CHECKS;
import static io.github.vcgroupfs.kernel.KernelFeature.CPU_SHARES_WRAP;
import static io.github.vcgroupfs.kernel.KernelFeature.CPU_STAT_LOCAL;
import static io.github.vcgroupfs.kernel.KernelFeature.DEPRECATED_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.DEPRECATED_KNOBS;
import static io.github.vcgroupfs.kernel.KernelFeature.DEVICES_EXCEPTIONS;
import static io.github.vcgroupfs.kernel.KernelFeature.DEVICES_PARTIAL_MATCH;
import static io.github.vcgroupfs.kernel.KernelFeature.EVENT_OF_ANY_GROUP;
import static io.github.vcgroupfs.kernel.KernelFeature.FAILCNT_OF_EVERY_COUNTER;
import static io.github.vcgroupfs.kernel.KernelFeature.FAIR_SERVERS;
import static io.github.vcgroupfs.kernel.KernelFeature.FILE_FSYNC;
import static io.github.vcgroupfs.kernel.KernelFeature.FREEZER_HIERARCHY;
import static io.github.vcgroupfs.kernel.KernelFeature.GROUP_ID_SPACE;
import static io.github.vcgroupfs.kernel.KernelFeature.HUGETLB;
import static io.github.vcgroupfs.kernel.KernelFeature.HUGETLB_NUMA_STAT;
import static io.github.vcgroupfs.kernel.KernelFeature.HUGETLB_RESERVATIONS;
import static io.github.vcgroupfs.kernel.KernelFeature.HUGETLB_WHOLE_PAGES;
import static io.github.vcgroupfs.kernel.KernelFeature.INDEPENDENT_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.KEPT_XATTR;
import static io.github.vcgroupfs.kernel.KernelFeature.KERNFS_POLL;
import static io.github.vcgroupfs.kernel.KernelFeature.KERNFS_TIMES;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_RECORDS;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_SLABINFO;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_TCP;
import static io.github.vcgroupfs.kernel.KernelFeature.LLSEEK_NEEDS_GROUP;
import static io.github.vcgroupfs.kernel.KernelFeature.MEMORY_EVENT_CONTROL;
import static io.github.vcgroupfs.kernel.KernelFeature.MEMSW;
import static io.github.vcgroupfs.kernel.KernelFeature.NET_PRIO;
import static io.github.vcgroupfs.kernel.KernelFeature.NET_PRIO_INHERITS;
import static io.github.vcgroupfs.kernel.KernelFeature.NUMA_STAT;
import static io.github.vcgroupfs.kernel.KernelFeature.NUMA_STAT_HIERARCHICAL;
import static io.github.vcgroupfs.kernel.KernelFeature.OOM_KILL_COUNT;
import static io.github.vcgroupfs.kernel.KernelFeature.PIDS;
import static io.github.vcgroupfs.kernel.KernelFeature.PIDS_EVENTS;
import static io.github.vcgroupfs.kernel.KernelFeature.PIDS_PEAK;
import static io.github.vcgroupfs.kernel.KernelFeature.POPULATED_USAGE;
import static io.github.vcgroupfs.kernel.KernelFeature.PRESSURE_LEVEL;
import static io.github.vcgroupfs.kernel.KernelFeature.PRESSURE_LEVEL_READABLE;
import static io.github.vcgroupfs.kernel.KernelFeature.PRESSURE_MODES;
import static io.github.vcgroupfs.kernel.KernelFeature.RELEASE_AGENT_NEEDS_CAPABILITY;
import static io.github.vcgroupfs.kernel.KernelFeature.REMOVED_CHILDREN_LINGER;
import static io.github.vcgroupfs.kernel.KernelFeature.RENAME_ASKS_PARENT_FIRST;
import static io.github.vcgroupfs.kernel.KernelFeature.RT_GROUP_SCHED;
import static io.github.vcgroupfs.kernel.KernelFeature.SANE_BEHAVIOR;
import static io.github.vcgroupfs.kernel.KernelFeature.SETTABLE_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.SETTABLE_USAGE;
import static io.github.vcgroupfs.kernel.KernelFeature.SIM_FILES;
import static io.github.vcgroupfs.kernel.KernelFeature.SOCKETS_ARE_KERNEL_MEMORY;
import static io.github.vcgroupfs.kernel.KernelFeature.TEXT_OUTLIVES_GROUP;
import static io.github.vcgroupfs.kernel.KernelFeature.THROTTLE_RECURSIVE;
import static io.github.vcgroupfs.kernel.KernelFeature.TRUNCATE_SETS_SIZE;
import static io.github.vcgroupfs.kernel.KernelFeature.WORLD_WRITABLE_EVENT_CONTROL;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of all kernel profiles: data with its sources, and nothing else. The rules of a profile
 * are rows of {@link FileProfiles}, {@link MemoryProfiles} and {@link TcpProfiles}. Values marked
 * UNVERIFIED are listed on the profiles page.
 */
public final class Profiles {
  /** The kernel that is imitated if nobody chooses: that of the article. */
  public static final String DEFAULT_ID = "lwn-2011";

  /** What a mount without {@code --strict} adds to every kernel. */
  private static final Set<KernelFeature> OURS =
      EnumSet.of(SETTABLE_USAGE, POPULATED_USAGE, KEPT_XATTR, SIM_FILES);

  private static final LimitParser RES_COUNTER = // kernel/res_counter.c; lib/cmdline.c of 3.x
      new LimitParser(CounterEra.RES_COUNTER, "KMG");

  private static final LimitParser PAGE_COUNTER = // mm/page_counter.c; lib/cmdline.c of 4.x
      new LimitParser(CounterEra.PAGE_COUNTER, "KMGTPE");

  private static final Set<KernelFeature> FEATURES_3_3 =
      EnumSet.of(
          KMEM_TCP, // net/ipv4/tcp_memcontrol.c tcp_files
          MEMSW, // CONFIG_CGROUP_MEM_RES_CTLR_SWAP
          NUMA_STAT, // CONFIG_NUMA
          CORE_EVENT_CONTROL, // kernel/cgroup.c files
          WORLD_WRITABLE_EVENT_CONTROL, // kernel/cgroup.c files
          EVENT_OF_ANY_GROUP, // kernel/cgroup.c cgroup_write_event_control
          FAILCNT_OF_EVERY_COUNTER, // kernel/res_counter.c res_counter_charge_locked
          TRUNCATE_SETS_SIZE, // fs/attr.c notify_change, fs/libfs.c simple_setattr
          TEXT_OUTLIVES_GROUP, // kernel/cgroup.c cgroup_seqfile_show, cgroup_pidlist_operations
          RT_GROUP_SCHED, // UNVERIFIED: kernels of that time had CONFIG_RT_GROUP_SCHED, as RHEL 6
          CFQ_GROUPS, // block/blk-cgroup.c blkio_files
          NET_PRIO, // net/core/netprio_cgroup.c; CONFIG_NETPRIO_CGROUP
          GROUP_ID_SPACE); // kernel/cgroup.c get_new_cssid

  private static final Set<KernelFeature> FEATURES_3_10 =
      with(
          without(FEATURES_3_3, EVENT_OF_ANY_GROUP),
          KMEM, // mm/memcontrol.c mem_cgroup_files, CONFIG_MEMCG_KMEM
          SETTABLE_KMEM_LIMIT,
          KMEM_RECORDS,
          KMEM_SLABINFO, // CONFIG_SLABINFO
          PRESSURE_LEVEL, // mm/vmpressure.c
          FREEZER_HIERARCHY, // kernel/cgroup_freezer.c freezer_change_state
          DEVICES_EXCEPTIONS, // security/device_cgroup.c devcgroup_update_access
          CFQ_LEAF_WEIGHTS, // block/cfq-iosched.c cfq_blkcg_files
          BLKIO_DEVICE_GROUPS, // block/blk-cgroup.c blkg_conf_prep
          HUGETLB, // mm/hugetlb_cgroup.c
          NET_PRIO_INHERITS, // net/core/netprio_cgroup.c cgrp_css_online
          SANE_BEHAVIOR); // kernel/cgroup.c files

  private static final Set<KernelFeature> FEATURES_4_4 =
      with(
          without(
              FEATURES_3_10,
              CORE_EVENT_CONTROL,
              RT_GROUP_SCHED, // UNVERIFIED for 4.4 to 5.16: as Debian's 5.10 and 6.1
              TRUNCATE_SETS_SIZE, // fs/kernfs/inode.c kernfs_iop_setattr
              TEXT_OUTLIVES_GROUP), // fs/kernfs/file.c kernfs_seq_start
          MEMORY_EVENT_CONTROL, // mm/memcontrol.c mem_cgroup_legacy_files
          NUMA_STAT_HIERARCHICAL,
          KERNFS_POLL,
          KERNFS_TIMES, // fs/kernfs/dir.c kernfs_add_one
          CPUSET_EFFECTIVE, // kernel/cpuset.c files
          CPU_FAIR_TASKS_ONLY, // kernel/sched/core.c cpu_cgroup_can_attach
          BLKIO_REFINED_ERRORS, // block/blk-cgroup.c blkg_conf_prep
          PIDS, // kernel/cgroup_pids.c
          DEVICES_PARTIAL_MATCH, // security/device_cgroup.c match_exception_partial
          REMOVED_CHILDREN_LINGER, // kernel/cgroup.c css_next_child
          RENAME_ASKS_PARENT_FIRST); // kernel/cgroup.c cgroup_rename

  private static final Set<KernelFeature> FEATURES_4_9 =
      with(
          FEATURES_4_4,
          FILE_FSYNC, // fs/kernfs/file.c kernfs_file_fops
          CPU_SHARES_WRAP, // kernel/sched/sched.h scale_load
          CPUACCT_USER_AND_SYS, // kernel/sched/cpuacct.c files
          CPUACCT_USAGE_ALL,
          HUGETLB_WHOLE_PAGES, // mm/hugetlb_cgroup.c hugetlb_cgroup_write
          PIDS_EVENTS); // kernel/cgroup_pids.c pids_events_show, commit 135b8b37bd91

  private static final Set<KernelFeature> FEATURES_4_19 =
      with(
          without(FEATURES_4_9, CPU_SHARES_WRAP), // kernel/sched/core.c cpu_shares_write_u64
          CPU_OVERFLOW_CHECKS, // kernel/sched/core.c tg_set_cfs_quota
          PRESSURE_MODES, // mm/vmpressure.c vmpressure_register_event
          BLKIO_DISCARD, // block/blk-cgroup.c __blkg_prfill_rwstat
          THROTTLE_RECURSIVE, // block/blk-throttle.c throtl_legacy_files
          OOM_KILL_COUNT); // mm/memcontrol.c mem_cgroup_oom_control_read

  private static final Set<KernelFeature> FEATURES_5_10 =
      with(
          without(
              FEATURES_4_19, CPU_FAIR_TASKS_ONLY, CFQ_GROUPS, CFQ_LEAF_WEIGHTS), // CFQ: gone in 5.0
          CFS_RUNTIME_BOUND, // kernel/sched/core.c max_cfs_runtime, kernel/sched/rt.c
          // max_rt_runtime
          CPUACCT_RESETS_STAT, // kernel/sched/cpuacct.c cpuacct_cpuusage_write
          HUGETLB_RESERVATIONS, // mm/hugetlb_cgroup.c __hugetlb_cgroup_file_legacy_init
          CPUSET_RELAX_ABOVE_LAST, // asked: Debian's 5.10 and 6.1
          DEPRECATED_KMEM_LIMIT, // commit 0158115f702b
          RELEASE_AGENT_NEEDS_CAPABILITY); // kernel/cgroup/cgroup-v1.c cgroup_release_agent_write

  private static final Set<KernelFeature> FEATURES_5_15 =
      with(
          FEATURES_5_10,
          CFS_BURST, // kernel/sched/core.c cpu_legacy_files
          CPU_IDLE); // commit 304000390f88

  private static final Set<KernelFeature> FEATURES_5_16 =
      with(
          FEATURES_5_15,
          CFS_BURST_STATISTICS); // kernel/sched/core.c cpu_cfs_stat_show, commit bcb1704a1ed2

  private static final Set<KernelFeature> FEATURES_6_1 =
      with(
          FEATURES_5_16,
          HUGETLB_NUMA_STAT, // commit f47761999052
          CLUSTER_DOMAINS, // asked: Debian's 6.1
          PIDS_PEAK); // asked: Debian's 6.1

  private static final Set<KernelFeature> FEATURES_6_18 =
      with(
          without(
              FEATURES_6_1,
              CLUSTER_DOMAINS, // asked: the referee
              WORLD_WRITABLE_EVENT_CONTROL,
              FAILCNT_OF_EVERY_COUNTER),
          LLSEEK_NEEDS_GROUP, // fs/kernfs/file.c kernfs_fop_llseek
          FAIR_SERVERS, // kernel/sched/deadline.c dl_server_start
          BFQ_GROUPS, // asked: the referee
          DEPRECATED_KNOBS, // mm/memcontrol-v1.c mem_cgroup_write and its neighbours
          RT_GROUP_SCHED, // asked: the referee
          CPU_STAT_LOCAL, // kernel/sched/core.c cpu_legacy_files
          PRESSURE_LEVEL_READABLE);

  /** The article: the memory controller of 3.2 with the patch set of 2011 (v9) on top. */
  public static final KernelProfile LWN_2011 =
      new KernelProfile(
          "lwn-2011",
          "per-cgroup TCP buffer limits as the LWN article of December 2011 describes them",
          with(
              without(FEATURES_3_3, NET_PRIO), // came with 3.3
              KMEM, // patch v7 1/10, mm/memcontrol.c kmem_cgroup_files
              INDEPENDENT_KMEM_LIMIT, // patch v5 to v9 1/9
              SOCKETS_ARE_KERNEL_MEMORY), // rulings.md, sockets are kernel memory
          with(OURS, ARTICLE_NAMES, SETTABLE_KMEM_LIMIT),
          RES_COUNTER,
          IntegerParser.SIMPLE_STRTOULL, // kernel/cgroup.c cgroup_write_X64
          FileProfiles.FILES_3_4,
          MemoryProfiles.MEMORY_3_4,
          TcpProfiles.TCP_2011);

  private static final List<KernelProfile> ALL =
      List.of(
          LWN_2011,
          res(
              "linux-3.3",
              "the first kernel with it",
              FEATURES_3_3,
              FileProfiles.FILES_3_4,
              MemoryProfiles.MEMORY_3_4,
              TcpProfiles.TCP_3_3),
          res(
              "linux-3.10",
              "RHEL 7 and its kin",
              FEATURES_3_10,
              FileProfiles.FILES_3_10,
              MemoryProfiles.MEMORY_3_10,
              TcpProfiles.TCP_3_10),
          page(
              "linux-4.4",
              "page counters",
              FEATURES_4_4,
              FileProfiles.FILES_4_4,
              MemoryProfiles.MEMORY_4_4,
              TcpProfiles.TCP_4_4),
          page(
              "linux-4.9",
              "one tcpmem counter",
              FEATURES_4_9,
              FileProfiles.FILES_4_9,
              MemoryProfiles.MEMORY_4_9,
              TcpProfiles.TCP_4_9),
          page(
              "linux-4.19",
              "Debian 10",
              FEATURES_4_19,
              FileProfiles.FILES_4_19,
              MemoryProfiles.MEMORY_4_9,
              TcpProfiles.TCP_4_19),
          page(
              "linux-5.10",
              "Debian 11",
              FEATURES_5_10,
              FileProfiles.FILES_5_10,
              MemoryProfiles.MEMORY_5_10,
              TcpProfiles.TCP_5_10),
          page(
              "linux-5.15",
              "always hierarchical",
              FEATURES_5_15,
              FileProfiles.FILES_5_15,
              MemoryProfiles.MEMORY_5_15,
              TcpProfiles.TCP_5_15),
          page(
              "linux-5.16",
              "kmem limits are EOPNOTSUPP",
              FEATURES_5_16,
              FileProfiles
                  .FILES_5_15, // mm/memcontrol.c memcg1_stats of 5.15 and of 5.17: the same lines
              MemoryProfiles.MEMORY_5_16,
              TcpProfiles.TCP_5_15),
          page(
              "linux-6.1",
              "Debian 12",
              FEATURES_6_1,
              FileProfiles.FILES_6_1,
              MemoryProfiles.MEMORY_6_1,
              TcpProfiles.TCP_6_1),
          page(
              "linux-6.18",
              "the last of its kind; kmem limits are ignored",
              FEATURES_6_18,
              FileProfiles.FILES_6_18,
              MemoryProfiles.MEMORY_6_18,
              TcpProfiles.TCP_6_18));

  private Profiles() {}

  /** Every profile, oldest first. */
  public static List<KernelProfile> all() {
    return ALL;
  }

  /** The profile with that id, if there is one. */
  public static Optional<KernelProfile> byId(String id) {
    for (KernelProfile profile : ALL) {
      if (profile.id().equals(id)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  private static KernelProfile res(
      String id,
      String label,
      Set<KernelFeature> features,
      FileRules files,
      MemoryRules memory,
      TcpConstants tcp) {
    return new KernelProfile(
        id, label, features, OURS, RES_COUNTER, IntegerParser.SIMPLE_STRTOULL, files, memory, tcp);
  }

  private static KernelProfile page(
      String id,
      String label,
      Set<KernelFeature> features,
      FileRules files,
      MemoryRules memory,
      TcpConstants tcp) {
    return new KernelProfile(
        id, label, features, OURS, PAGE_COUNTER, IntegerParser.KSTRTOULL, files, memory, tcp);
  }

  private static Set<KernelFeature> with(Set<KernelFeature> features, KernelFeature... more) {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    for (KernelFeature each : more) {
      all.add(each);
    }
    return all;
  }

  private static Set<KernelFeature> without(Set<KernelFeature> features, KernelFeature... less) {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    for (KernelFeature each : less) {
      all.remove(each);
    }
    return all;
  }
}
