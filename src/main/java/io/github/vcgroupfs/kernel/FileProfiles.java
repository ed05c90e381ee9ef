package io.github.vcgroupfs.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * The table of how control files behave in each kernel profile: data with its sources, and nothing
 * else. The rows of {@code memory.stat} are here too.
 */
final class FileProfiles {
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

  static final FileRules FILES_3_4 =
      new FileRules(
          ReadSnapshot.EVERY_READ, // kernel/cgroup.c cgroup_read_u64
          WriteLengths.CGROUP_LOCAL_BUFFER,
          0755, // kernel/cgroup.c cgroup_get_rootdir: S_IRUGO | S_IXUGO | S_IWUSR
          255, // kernel/cgroup.c cgroup_lookup of 3.2, 3.3 and 3.10: NAME_MAX
          true, // the check for newlines came with 3.17
          XattrRule.NONE, // xattrs came with 3.7
          PidParser.UNSIGNED, // kernel/cgroup.c cgroup_tasks_write: write_u64
          ListParser.DIGITS, // lib/bitmap.c __bitmap_parselist of 3.4
          SlabinfoRule.EMPTY, // no such file
          STAT_3_4);

  static final FileRules FILES_3_10 = // xattr: only with a mount option that we do not have
      FILES_3_4.withStat(STAT_3_10).withSlabinfo(SlabinfoRule.HEADER_ONCE_ACTIVE);

  static final FileRules FILES_4_4 =
      new FileRules(
          ReadSnapshot.UNTIL_REWOUND, // fs/kernfs/file.c, fs/seq_file.c
          WriteLengths.KERNFS,
          0555, // fs/kernfs/mount.c, asked: 5.10, 6.1, 6.18
          4000, // fs/kernfs/dir.c kernfs_iop_lookup sets no limit; asked: 6.18 takes as much
          false, // kernel/cgroup.c cgroup_mkdir
          XattrRule.TRUSTED_SECURITY_ELSE_INVALID, // fs/kernfs/inode.c kernfs_iop_setxattr
          PidParser.SIGNED, // kernel/cgroup.c __cgroup_procs_write
          ListParser.BLANKS, // lib/bitmap.c __bitmap_parselist of 4.3
          SlabinfoRule.HEADER, // mm/slab_common.c slab_start, memcg_slab_show of 4.4 and 4.9
          STAT_4_4);

  static final FileRules FILES_4_9 = // fs/kernfs/inode.c kernfs_xattr_handlers; commit 2d13e6ca4877
      FILES_4_4.withXattr(XattrRule.TRUSTED_SECURITY).withLists(ListParser.GROUPS);

  static final FileRules FILES_4_19 = // mm/slab_common.c memcg_slab_start; asked: 4.19.79
      FILES_4_9
          .withStat(STAT_4_19)
          .withSlabinfo(SlabinfoRule.EMPTY)
          .withLists(ListParser.CHECKED_GROUPS); // lib/bitmap.c __bitmap_parselist

  static final FileRules FILES_5_10 = // fs/kernfs/inode.c: user. came with 5.7
      FILES_4_19
          .withXattr(XattrRule.TRUSTED_SECURITY_USER)
          .withLists(ListParser.REGIONS); // lib/bitmap.c bitmap_parselist

  static final FileRules FILES_5_15 = // lib/bitmap.c bitmap_parse_region: "all" came with 5.14
      FILES_5_10.withLists(ListParser.NAMES);

  static final FileRules FILES_6_1 = FILES_5_15.withStat(STAT_6_1);

  static final FileRules FILES_6_18 = FILES_5_15.withStat(STAT_6_18);

  private FileProfiles() {}

  private static List<String> join(List<List<String>> parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
