package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;

/**
 * How a mount is shared between its owner and other users. Immutable.
 *
 * @param rights what users may have the daemon do
 * @param quotas how much of it
 */
public record Sharing(Rights rights, Quotas quotas) {
  /** The defaults of a mount that belongs to this user. */
  public static Sharing byDefault(Caller owner) {
    return new Sharing(Rights.byDefault(owner), Quotas.DEFAULT);
  }
}
