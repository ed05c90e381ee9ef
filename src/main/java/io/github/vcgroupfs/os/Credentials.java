package io.github.vcgroupfs.os;

import java.util.HashSet;
import java.util.Set;

/**
 * With which rights a thread looks at files, from {@code /proc/TID/status}. Immutable.
 *
 * @param uid the file-system user id
 * @param groups the file-system group id and the supplementary groups
 * @param overridesModes whether it has CAP_DAC_OVERRIDE or CAP_DAC_READ_SEARCH in its own user
 *     namespace
 */
public record Credentials(int uid, Set<Integer> groups, boolean overridesModes) {
  private static final int FS_ID = 4; // real, effective, saved, file system

  /** {@code include/uapi/linux/capability.h}: DAC_OVERRIDE and DAC_READ_SEARCH. */
  private static final long OVERRIDING = 1L << 1 | 1L << 2;

  private static final int READ = 4;

  /** Credentials. */
  public Credentials {
    groups = Set.copyOf(groups);
  }

  /** Parses the file. */
  public static Credentials parse(String status) {
    int uid = -1;
    Set<Integer> groups = new HashSet<>();
    long capabilities = 0;
    for (String line : status.split("\n", -1)) {
      String[] fields = line.strip().split("\\s+", -1);
      switch (fields[0]) {
        case "Uid:" -> uid = Integer.parseUnsignedInt(fields[FS_ID]);
        case "Gid:" -> groups.add(Integer.parseUnsignedInt(fields[FS_ID]));
        case "Groups:" -> {
          for (int i = 1; i < fields.length; i++) {
            groups.add(Integer.parseUnsignedInt(fields[i]));
          }
        }
        case "CapEff:" -> capabilities = Long.parseUnsignedLong(fields[1], 16);
        default -> {}
      }
    }
    return new Credentials(uid, groups, (capabilities & OVERRIDING) != 0);
  }

  /** Whether the permission bits alone let it read: {@code fs/namei.c acl_permission_check}. */
  public boolean mayRead(int mode, int owner, int group) {
    int shift = uid == owner ? 6 : groups.contains(group) ? 3 : 0;
    return (mode >>> shift & READ) != 0;
  }
}
