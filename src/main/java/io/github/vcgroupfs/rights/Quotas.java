package io.github.vcgroupfs.rights;

/**
 * How much of what all users of a mount share one user may have. Immutable.
 *
 * @param connectionsPerUser simulated connections of one user at the same time, 0 or more
 */
public record Quotas(int connectionsPerUser) {
  /** What a test machine does not notice. */
  public static final Quotas DEFAULT = new Quotas(100_000);
}
