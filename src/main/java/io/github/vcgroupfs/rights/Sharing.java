package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;

/**
 * How a mount is shared between its owner and other users. Thread-safe.
 *
 * @param rights what users may have the daemon do
 * @param quotas how much of it, and how much they have now
 */
public record Sharing(Rights rights, Quotas quotas) {
  /** The defaults of a mount that belongs to this user. */
  public static Sharing byDefault(Caller owner) {
    return of(Rights.byDefault(owner), QuotaLimits.DEFAULT);
  }

  /** A mount with these rights and limits, of which nobody has anything yet. */
  public static Sharing of(Rights rights, QuotaLimits limits) {
    return new Sharing(rights, new Quotas(rights, limits));
  }
}
