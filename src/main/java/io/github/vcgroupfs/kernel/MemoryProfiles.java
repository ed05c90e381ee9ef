package io.github.vcgroupfs.kernel;

/**
 * The table of how the memory controller treats groups in each kernel profile: data with its
 * sources, and nothing else.
 */
final class MemoryProfiles {
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

  static final MemoryRules MEMORY_3_4 =
      new MemoryRules(
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

  static final MemoryRules MEMORY_3_10 =
      new MemoryRules(
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

  static final MemoryRules MEMORY_4_4 =
      new MemoryRules(
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

  static final MemoryRules MEMORY_4_9 =
      new MemoryRules(
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

  static final MemoryRules MEMORY_5_10 =
      new MemoryRules(
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

  static final MemoryRules MEMORY_5_15 = since511(KmemLimitRule.SETS, MEMORY_5_10.groupBytes());

  static final MemoryRules MEMORY_5_16 =
      since511(
          KmemLimitRule.UNSUPPORTED, // mm/memcontrol.c, commit 58056f77502f
          MEMORY_5_10.groupBytes());

  static final MemoryRules MEMORY_6_1 =
      since511(
          KmemLimitRule.IGNORED, // asked: Debian's 6.1 has the backport of 4597648fddea
          7_060); // asked: 1 to 100 groups of Debian 12 on two processors take no less

  static final MemoryRules MEMORY_6_18 =
      new MemoryRules(
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

  private MemoryProfiles() {}

  /** From 5.11 to 6.1: in all else as 5.10. */
  private static MemoryRules since511(KmemLimitRule kmemLimit, int groupBytes) {
    return new MemoryRules(
        UseHierarchyRule.ALWAYS_ON, // since 5.11
        MEMORY_5_10.treeScope(),
        MEMORY_5_10.forceEmpty(),
        kmemLimit,
        MEMORY_5_10.tcpActivation(),
        MEMORY_5_10.rootTcp(),
        MEMORY_5_10.rootTcpLimitBytes(),
        MEMORY_5_10.moveChargeRefused(),
        200, // mm/memcontrol.c mem_cgroup_swappiness_write of 5.15.178
        groupBytes,
        MEMORY_5_10.maxGroups(),
        MEMORY_5_10.idsExhausted());
  }
}
