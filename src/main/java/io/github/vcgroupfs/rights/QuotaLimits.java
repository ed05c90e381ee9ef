package io.github.vcgroupfs.rights;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much of each {@link Quota} there may be. Immutable.
 *
 * @param perUser how many one user may have, for each quota 0 or more
 * @param perMount how many all users of a mount may have together, for each quota 0 or more
 */
public record QuotaLimits(Map<Quota, Long> perUser, Map<Quota, Long> perMount) {
  /** The option of {@code mount} that sets what one user may have. */
  public static final String USER_OPTION = "--quota";

  /** The option of {@code mount} that sets what all may have together. */
  public static final String MOUNT_OPTION = "--mount-quota";

  /** What a test machine does not notice. Descriptors have no limit of their own. */
  public static final QuotaLimits DEFAULT = new QuotaLimits(Map.of(), Map.of());

  /** A user may have one of so many parts of the descriptors that a process may have open. */
  private static final int USER_PARTS = 4;

  /** What the daemon needs for itself: jars, threads that read {@code /proc}, the connection. */
  private static final long OWN_DESCRIPTORS = 256;

  /** Copies both; a quota that is not named has its default. */
  public QuotaLimits {
    Map<Quota, Long> users = new EnumMap<>(Quota.class);
    Map<Quota, Long> mounts = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      users.put(quota, perUser.getOrDefault(quota, quota.perUser()));
      mounts.put(quota, perMount.getOrDefault(quota, quota.perMount()));
    }
    perUser = Map.copyOf(users);
    perMount = Map.copyOf(mounts);
  }

  /**
   * The same for a process that may have only so many descriptors open. All users together get what
   * the daemon does not need for itself; one user gets a quarter of that, unless another number was
   * chosen.
   *
   * @param most the soft limit RLIMIT_NOFILE of the daemon
   */
  public QuotaLimits within(long most) {
    long shared = Math.max(0, most - Math.min(OWN_DESCRIPTORS, most / 2));
    Map<Quota, Long> users = new EnumMap<>(perUser);
    Map<Quota, Long> mounts = new EnumMap<>(perMount);
    boolean chosen = ofUser(Quota.DESCRIPTORS) != Quota.DESCRIPTORS.perUser();
    long ofUser = Math.min(ofUser(Quota.DESCRIPTORS), chosen ? shared : shared / USER_PARTS);
    users.put(Quota.DESCRIPTORS, ofUser);
    mounts.put(Quota.DESCRIPTORS, Math.min(ofMount(Quota.DESCRIPTORS), shared));
    return new QuotaLimits(users, mounts);
  }

  /** How many one user may have. */
  long ofUser(Quota quota) {
    return perUser.getOrDefault(quota, quota.perUser());
  }

  /** How many all may have together. */
  long ofMount(Quota quota) {
    return perMount.getOrDefault(quota, quota.perMount());
  }
}
