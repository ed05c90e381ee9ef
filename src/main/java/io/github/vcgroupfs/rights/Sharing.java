package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;

/**
 * How a mount is shared between its owner and other users. Thread-safe.
 *
 * @param rights what users may have the daemon do
 * @param quotas how much of it, and how much they have now
 * @param readers what is known of users who read what others did
 */
public record Sharing(Rights rights, Quotas quotas, Readers readers) {
  /** The defaults of a mount that belongs to this user. */
  public static Sharing byDefault(Caller owner) {
    return of(Rights.byDefault(owner), QuotaLimits.DEFAULT);
  }

  /** A mount with these rights and limits, of which nobody has anything yet. */
  public static Sharing of(Rights rights, QuotaLimits limits) {
    return new Sharing(rights, new Quotas(rights, limits), Readers.BY_IDS);
  }

  /** The same rights and quotas, where more is known of readers. */
  public Sharing knowing(Readers known) {
    return new Sharing(rights, quotas, known);
  }
}
