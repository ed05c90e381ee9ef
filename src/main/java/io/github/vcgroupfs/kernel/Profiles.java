package io.github.vcgroupfs.kernel;

import static io.github.vcgroupfs.kernel.KernelFeature.ARTICLE_NAMES;
import static io.github.vcgroupfs.kernel.KernelFeature.CORE_EVENT_CONTROL;
import static io.github.vcgroupfs.kernel.KernelFeature.DEPRECATED_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.DEPRECATED_KNOBS;
import static io.github.vcgroupfs.kernel.KernelFeature.EVENT_OF_ANY_GROUP;
import static io.github.vcgroupfs.kernel.KernelFeature.FAILCNT_OF_EVERY_COUNTER;
import static io.github.vcgroupfs.kernel.KernelFeature.FILE_FSYNC;
import static io.github.vcgroupfs.kernel.KernelFeature.GROUP_ID_SPACE;
import static io.github.vcgroupfs.kernel.KernelFeature.INDEPENDENT_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.KEPT_XATTR;
import static io.github.vcgroupfs.kernel.KernelFeature.KERNFS_POLL;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_RECORDS;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_SLABINFO;
import static io.github.vcgroupfs.kernel.KernelFeature.KMEM_TCP;
import static io.github.vcgroupfs.kernel.KernelFeature.MEMORY_EVENT_CONTROL;
import static io.github.vcgroupfs.kernel.KernelFeature.MEMSW;
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
import static io.github.vcgroupfs.kernel.KernelFeature.RENAME_ASKS_PARENT_FIRST;
import static io.github.vcgroupfs.kernel.KernelFeature.SANE_BEHAVIOR;
import static io.github.vcgroupfs.kernel.KernelFeature.SETTABLE_KMEM_LIMIT;
import static io.github.vcgroupfs.kernel.KernelFeature.SETTABLE_USAGE;
import static io.github.vcgroupfs.kernel.KernelFeature.SIM_FILES;
import static io.github.vcgroupfs.kernel.KernelFeature.SOCKETS_ARE_KERNEL_MEMORY;
import static io.github.vcgroupfs.kernel.KernelFeature.TEXT_OUTLIVES_GROUP;
import static io.github.vcgroupfs.kernel.KernelFeature.TRUNCATE_SETS_SIZE;
import static io.github.vcgroupfs.kernel.KernelFeature.WORLD_WRITABLE_EVENT_CONTROL;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of all kernel profiles: data with its sources, and nothing else. Values marked
 * UNVERIFIED are listed on the profiles page.
 */
public final class Profiles {
  /** What a mount without {@code --strict} adds to every kernel. */
  private static final Set<KernelFeature> OURS =
      EnumSet.of(SETTABLE_USAGE, POPULATED_USAGE, KEPT_XATTR, SIM_FILES);

  /** RESOURCE_MAX as a byte file shows it: {@code include/linux/res_counter.h}. */
  private static final long RESOURCE_MAX_BYTES = Long.MAX_VALUE;

  /** PAGE_COUNTER_MAX in pages: 4.4 {@code tcp_cgroup_read} shows it so on the root, unscaled. */
  private static final long PAGE_COUNTER_MAX = Long.MAX_VALUE / Pages.SIZE_BYTES;

  private static final long PAGE_COUNTER_MAX_BYTES = PAGE_COUNTER_MAX * Pages.SIZE_BYTES;

  /**
   * {@code ~MOVE_MASK}, an unsigned int since 4.1: the upper half of the number is not looked at.
   * Asked: 5.10 takes 9223372036854775808.
   */
  private static final long MOVE_MASK_COMPLEMENT = 0xffff_fffcL;

  private static final LimitParser RES_COUNTER = // kernel/res_counter.c; lib/cmdline.c of 3.x
      new LimitParser(CounterEra.RES_COUNTER, "KMG");

  private static final LimitParser PAGE_COUNTER = // mm/page_counter.c; lib/cmdline.c of 4.x
      new LimitParser(CounterEra.PAGE_COUNTER, "KMGTPE");

  // mm/memcontrol.c: memcg_stat_strings, mem_cgroup_stat_names, memcg1_stats and the two after them
  private static final List<String> LRU =
      List.of("inactive_anon", "active_anon", "inactive_file", "active_file", "unevictable");

  private static final List<String> EVENTS = List.of("pgpgin", "pgpgout", "pgfault", "pgmajfault");

  private static final List<String> STAT_3_4 =
      join(
          List.of(
              List.of("cache", "rss", "mapped_file", "pgpgin", "pgpgout", "swap"),
              List.of("pgfault", "pgmajfault"),
              LRU));

  private static final List<String> STAT_3_10 =
      join(List.of(List.of("cache", "rss", "rss_huge", "mapped_file", "swap"), EVENTS, LRU));

  private static final List<String> STAT_4_4 =
      join(
          List.of(
              List.of("cache", "rss", "rss_huge", "mapped_file", "dirty", "writeback", "swap"),
              EVENTS,
              LRU));

  private static final List<String> STAT_4_19 =
      join(
          List.of(
              List.of(
                  "cache", "rss", "rss_huge", "shmem", "mapped_file", "dirty", "writeback", "swap"),
              EVENTS,
              LRU));

  private static final List<String> STAT_6_1 = // asked: Debian's 6.1; not yet in 5.19
      join(
          List.of(
              List.of("cache", "rss", "rss_huge", "shmem", "mapped_file", "dirty", "writeback"),
              List.of("workingset_refault_anon", "workingset_refault_file", "swap"),
              EVENTS,
              LRU));

  private static final List<String> STAT_6_18 = // asked: the referee
      join(
          List.of(
              List.of("cache", "rss", "rss_huge", "shmem", "mapped_file", "dirty", "writeback"),
              List.of("workingset_refault_anon", "workingset_refault_file", "swap", "swapcached"),
              EVENTS,
              LRU));

  private static final FileRules FILES_3_4 =
      new FileRules(
          ReadSnapshot.EVERY_READ, // kernel/cgroup.c cgroup_read_u64
          WriteLengths.CGROUP_LOCAL_BUFFER,
          0755, // kernel/cgroup.c cgroup_get_rootdir: S_IRUGO | S_IXUGO | S_IWUSR
          255, // kernel/cgroup.c cgroup_lookup of 3.2, 3.3 and 3.10: NAME_MAX
          true, // the check for newlines came with 3.17
          XattrRule.NONE, // xattrs came with 3.7
          PidParser.UNSIGNED, // kernel/cgroup.c cgroup_tasks_write: write_u64
          SlabinfoRule.EMPTY, // no such file
          STAT_3_4);

  private static final FileRules FILES_3_10 = // xattr: only with a mount option that we do not have
      FILES_3_4.withStat(STAT_3_10).withSlabinfo(SlabinfoRule.HEADER_ONCE_ACTIVE);

  private static final FileRules FILES_4_4 =
      new FileRules(
          ReadSnapshot.UNTIL_REWOUND, // fs/kernfs/file.c, fs/seq_file.c
          WriteLengths.KERNFS,
          0555, // fs/kernfs/mount.c, asked: 5.10, 6.1, 6.18
          4000, // fs/kernfs/dir.c kernfs_iop_lookup sets no limit; asked: 6.18 takes as much
          false, // kernel/cgroup.c cgroup_mkdir
          XattrRule.TRUSTED_SECURITY_ELSE_INVALID, // fs/kernfs/inode.c kernfs_iop_setxattr
          PidParser.SIGNED, // kernel/cgroup.c __cgroup_procs_write
          SlabinfoRule.HEADER, // mm/slab_common.c slab_start, memcg_slab_show of 4.4 and 4.9
          STAT_4_4);

  private static final FileRules FILES_4_9 = // fs/kernfs/inode.c kernfs_xattr_handlers
      FILES_4_4.withXattr(XattrRule.TRUSTED_SECURITY);

  private static final FileRules FILES_4_19 = // mm/slab_common.c memcg_slab_start; asked: 4.19.79
      FILES_4_9.withStat(STAT_4_19).withSlabinfo(SlabinfoRule.EMPTY);

  private static final FileRules FILES_5_10 = // fs/kernfs/inode.c: user. came with 5.7
      FILES_4_19.withXattr(XattrRule.TRUSTED_SECURITY_USER);

  private static final GroupRules GROUPS_3_4 =
      new GroupRules(
          UseHierarchyRule.ALWAYS_CHECKED, // mm/memcontrol.c mem_cgroup_hierarchy_write
          TreeScope.TREE_TOPS, // mm/memcontrol.c mem_cgroup_swappiness_write
          ForceEmptyRule.MOVES_TO_PARENT, // mm/memcontrol.c mem_cgroup_force_empty
          KmemLimitRule.SETS, // the article; no such file in 3.3
          TcpActivation.WHILE_ANY_LIMITED, // net/ipv4/tcp_memcontrol.c tcp_update_limit
          RootTcpRule.MACHINE, // net/ipv4/tcp_memcontrol.c tcp_read_usage
          RESOURCE_MAX_BYTES, // net/ipv4/tcp_memcontrol.c tcp_read_stat
          ~3L, // mm/memcontrol.c mem_cgroup_move_charge_write: val >= 4
          100, // mm/memcontrol.c mem_cgroup_swappiness_write
          0, // not counted before 5.9
          65_535, // kernel/cgroup.c CSS_ID_MAX
          Errno.ENOSPC); // kernel/cgroup.c get_new_cssid

  private static final GroupRules GROUPS_3_10 =
      new GroupRules(
          UseHierarchyRule.SAME_VALUE_UNCHECKED, // mm/memcontrol.c, since 3.6
          TreeScope.TREE_TOPS,
          ForceEmptyRule
              .MOVES_TO_PARENT_NOT_ON_ROOT, // mm/memcontrol.c mem_cgroup_force_empty_write
          KmemLimitRule.ACTIVATES, // mm/memcontrol.c memcg_update_kmem_limit
          TcpActivation.WHILE_LIMITED, // net/ipv4/tcp_memcontrol.c, since 3.5
          RootTcpRule.MACHINE,
          RESOURCE_MAX_BYTES,
          ~3L,
          100,
          0,
          65_535,
          Errno.ENOSPC);

  private static final GroupRules GROUPS_4_4 =
      new GroupRules(
          UseHierarchyRule.SAME_VALUE_UNCHECKED,
          TreeScope.EVERY_GROUP, // mm/memcontrol.c mem_cgroup_swappiness_write
          ForceEmptyRule.RECLAIMS, // mm/memcontrol.c mem_cgroup_force_empty_write
          KmemLimitRule.ALWAYS_ACTIVATES, // mm/memcontrol.c memcg_activate_kmem
          TcpActivation.WHILE_LIMITED,
          RootTcpRule.MACHINE,
          PAGE_COUNTER_MAX, // net/ipv4/tcp_memcontrol.c tcp_cgroup_read: pages, not multiplied
          MOVE_MASK_COMPLEMENT,
          100,
          0,
          65_534, // mm/memcontrol.c mem_cgroup_alloc: idr_alloc to MEM_CGROUP_ID_MAX, exclusive
          Errno.ENOMEM); // mm/memcontrol.c mem_cgroup_css_alloc

  private static final GroupRules GROUPS_4_9 =
      new GroupRules(
          UseHierarchyRule.SAME_VALUE_UNCHECKED,
          TreeScope.EVERY_GROUP,
          ForceEmptyRule.RECLAIMS,
          KmemLimitRule.SETS, // mm/memcontrol.c memcg_update_kmem_limit
          TcpActivation.FROM_FIRST_WRITE, // mm/memcontrol.c memcg_update_tcp_limit
          RootTcpRule.COUNTER, // mm/memcontrol.c mem_cgroup_css_alloc: tcpmem
          PAGE_COUNTER_MAX_BYTES,
          MOVE_MASK_COMPLEMENT,
          100,
          0,
          65_534,
          Errno.ENOMEM);

  private static final GroupRules GROUPS_5_10 =
      new GroupRules(
          UseHierarchyRule.SAME_VALUE_UNCHECKED, // asked: writable
          TreeScope.EVERY_GROUP,
          ForceEmptyRule.RECLAIMS,
          KmemLimitRule.SETS,
          TcpActivation.FROM_FIRST_WRITE,
          RootTcpRule.COUNTER,
          PAGE_COUNTER_MAX_BYTES,
          MOVE_MASK_COMPLEMENT,
          100, // asked
          5_680, // asked: 1 to 100 groups of Debian 11, two processors
          65_535, // UNVERIFIED for 5.10: mm/memcontrol.c mem_cgroup_alloc of 5.15
          Errno.ENOSPC); // UNVERIFIED for 5.10: as 5.15

  private static final GroupRules GROUPS_5_15 =
      GROUPS_5_10
          .withHierarchy(UseHierarchyRule.ALWAYS_ON) // since 5.11
          .withSwappiness(200); // mm/memcontrol.c mem_cgroup_swappiness_write of 5.15.178

  private static final GroupRules GROUPS_5_16 =
      GROUPS_5_15.withKmemLimit(KmemLimitRule.UNSUPPORTED); // mm/memcontrol.c, commit 58056f77502f

  private static final GroupRules
      GROUPS_6_1 = // asked: Debian's 6.1 has the backport of 4597648fddea
      GROUPS_5_15
              .withKmemLimit(KmemLimitRule.IGNORED)
              .withGroupBytes(
                  7_060); // asked: 1 to 100 groups of Debian 12 on two processors take no less

  private static final GroupRules GROUPS_6_18 =
      new GroupRules(
          UseHierarchyRule.ALWAYS_ON,
          TreeScope.EVERY_GROUP,
          ForceEmptyRule.RECLAIMS,
          KmemLimitRule.IGNORED, // mm/memcontrol-v1.c mem_cgroup_write
          TcpActivation.FROM_FIRST_WRITE,
          RootTcpRule.COUNTER,
          PAGE_COUNTER_MAX_BYTES,
          -1L, // mm/memcontrol-v1.c mem_cgroup_move_charge_write
          200,
          10_180, // asked: 1 to 100 groups of the referee on two processors fit this
          65_535,
          Errno.EBUSY); // UNVERIFIED: mm/memcontrol.c mem_cgroup_alloc passes on what xa_alloc says

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
          GROUP_ID_SPACE); // kernel/cgroup.c get_new_cssid

  private static final Set<KernelFeature> FEATURES_3_10 =
      with(
          without(FEATURES_3_3, EVENT_OF_ANY_GROUP),
          KMEM, // mm/memcontrol.c mem_cgroup_files, CONFIG_MEMCG_KMEM
          SETTABLE_KMEM_LIMIT,
          KMEM_RECORDS,
          KMEM_SLABINFO, // CONFIG_SLABINFO
          PRESSURE_LEVEL, // mm/vmpressure.c
          SANE_BEHAVIOR); // kernel/cgroup.c files

  private static final Set<KernelFeature> FEATURES_4_4 =
      with(
          without(
              FEATURES_3_10,
              CORE_EVENT_CONTROL,
              TRUNCATE_SETS_SIZE, // fs/kernfs/inode.c kernfs_iop_setattr
              TEXT_OUTLIVES_GROUP), // fs/kernfs/file.c kernfs_seq_start
          MEMORY_EVENT_CONTROL, // mm/memcontrol.c mem_cgroup_legacy_files
          NUMA_STAT_HIERARCHICAL,
          KERNFS_POLL,
          PIDS, // kernel/cgroup_pids.c
          RENAME_ASKS_PARENT_FIRST); // kernel/cgroup.c cgroup_rename

  private static final Set<KernelFeature> FEATURES_4_9 =
      with(
          FEATURES_4_4,
          FILE_FSYNC, // fs/kernfs/file.c kernfs_file_fops
          PIDS_EVENTS); // kernel/cgroup_pids.c pids_events_show

  private static final Set<KernelFeature> FEATURES_4_19 =
      with(
          FEATURES_4_9,
          PRESSURE_MODES, // mm/vmpressure.c vmpressure_register_event
          OOM_KILL_COUNT); // mm/memcontrol.c mem_cgroup_oom_control_read

  private static final Set<KernelFeature> FEATURES_5_10 =
      with(FEATURES_4_19, DEPRECATED_KMEM_LIMIT); // commit 0158115f702b

  private static final Set<KernelFeature> FEATURES_6_1 =
      with(FEATURES_5_10, PIDS_PEAK); // asked: Debian's 6.1

  private static final Set<KernelFeature> FEATURES_6_18 =
      with(
          without(FEATURES_6_1, WORLD_WRITABLE_EVENT_CONTROL, FAILCNT_OF_EVERY_COUNTER),
          DEPRECATED_KNOBS, // mm/memcontrol-v1.c mem_cgroup_write and its neighbours
          PRESSURE_LEVEL_READABLE);

  /** The article: the memory controller of 3.2 with the patch set of 2011 (v9) on top. */
  public static final KernelProfile LWN_2011 =
      new KernelProfile(
          "lwn-2011",
          "per-cgroup TCP buffer limits as the LWN article of December 2011 describes them",
          with(
              FEATURES_3_3,
              KMEM, // patch v7 1/10, mm/memcontrol.c kmem_cgroup_files
              INDEPENDENT_KMEM_LIMIT, // patch v5 to v9 1/9
              SOCKETS_ARE_KERNEL_MEMORY), // rulings.md, sockets are kernel memory
          with(OURS, ARTICLE_NAMES, SETTABLE_KMEM_LIMIT),
          RES_COUNTER,
          IntegerParser.SIMPLE_STRTOULL, // kernel/cgroup.c cgroup_write_X64
          FILES_3_4,
          GROUPS_3_4,
          TcpProfiles.TCP_2011);

  private static final List<KernelProfile> ALL =
      List.of(
          LWN_2011,
          res(
              "linux-3.3",
              "the first kernel with it",
              FEATURES_3_3,
              FILES_3_4,
              GROUPS_3_4,
              TcpProfiles.TCP_3_3),
          res(
              "linux-3.10",
              "RHEL 7 and its kin",
              FEATURES_3_10,
              FILES_3_10,
              GROUPS_3_10,
              TcpProfiles.TCP_3_10),
          page(
              "linux-4.4",
              "page counters",
              FEATURES_4_4,
              FILES_4_4,
              GROUPS_4_4,
              TcpProfiles.TCP_4_4),
          page(
              "linux-4.9",
              "one tcpmem counter",
              FEATURES_4_9,
              FILES_4_9,
              GROUPS_4_9,
              TcpProfiles.TCP_4_9),
          page(
              "linux-4.19",
              "Debian 10",
              FEATURES_4_19,
              FILES_4_19,
              GROUPS_4_9,
              TcpProfiles.TCP_4_19),
          page(
              "linux-5.10",
              "Debian 11",
              FEATURES_5_10,
              FILES_5_10,
              GROUPS_5_10,
              TcpProfiles.TCP_5_10),
          page(
              "linux-5.15",
              "always hierarchical",
              FEATURES_5_10,
              FILES_5_10,
              GROUPS_5_15,
              TcpProfiles.TCP_5_15),
          page(
              "linux-5.16",
              "kmem limits are EOPNOTSUPP",
              FEATURES_5_10,
              FILES_5_10, // mm/memcontrol.c memcg1_stats of 5.15 and of 5.17: the same lines
              GROUPS_5_16,
              TcpProfiles.TCP_5_15),
          page(
              "linux-6.1",
              "Debian 12",
              FEATURES_6_1,
              FILES_5_10.withStat(STAT_6_1),
              GROUPS_6_1,
              TcpProfiles.TCP_6_1),
          page(
              "linux-6.18",
              "the last of its kind; kmem limits are ignored",
              FEATURES_6_18,
              FILES_5_10.withStat(STAT_6_18),
              GROUPS_6_18,
              TcpProfiles.TCP_6_18));

  private Profiles() {}

  /** Every profile, oldest first. */
  public static List<KernelProfile> all() {
    return ALL;
  }

  /** The profile with that id, if there is one. */
  public static Optional<KernelProfile> byId(String id) {
    return ALL.stream().filter(profile -> profile.id().equals(id)).findFirst();
  }

  private static KernelProfile res(
      String id,
      String label,
      Set<KernelFeature> features,
      FileRules files,
      GroupRules groups,
      TcpConstants tcp) {
    return new KernelProfile(
        id, label, features, OURS, RES_COUNTER, IntegerParser.SIMPLE_STRTOULL, files, groups, tcp);
  }

  private static KernelProfile page(
      String id,
      String label,
      Set<KernelFeature> features,
      FileRules files,
      GroupRules groups,
      TcpConstants tcp) {
    return new KernelProfile(
        id, label, features, OURS, PAGE_COUNTER, IntegerParser.KSTRTOULL, files, groups, tcp);
  }

  private static Set<KernelFeature> with(Set<KernelFeature> features, KernelFeature... more) {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    all.addAll(List.of(more));
    return all;
  }

  private static Set<KernelFeature> without(Set<KernelFeature> features, KernelFeature... less) {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    all.removeAll(List.of(less));
    return all;
  }

  private static List<String> join(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}
