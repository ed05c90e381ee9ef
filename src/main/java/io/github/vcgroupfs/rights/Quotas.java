package io.github.vcgroupfs.rights;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what the users of one mount have of each {@link Quota}, and refuses what is too much. A
 * thing counts for the user who made it, until it is removed, whoever uses or removes it.
 *
 * <p>For root and the mount's owner only the limits of the mount count: what they add may also be
 * more than the user whom it belongs to may have.
 *
 * <p>Thread-safe: it has one monitor, a leaf, under which it only counts. Whoever has nothing costs
 * nothing.
 */
public final class Quotas {
  private static final String ROW = "%-17s %14s %10s %10s %10s%n";

  private final Rights rights;
  private final QuotaLimits limits;

  /** What each user has of each quota; no entry is 0. */
  @GuardedBy("this")
  private final Map<Quota, Map<Integer, Long>> byUser = new EnumMap<>(Quota.class);

  @GuardedBy("this")
  private final Map<Quota, Long> byAll = new EnumMap<>(Quota.class);

  /**
   * Nobody has anything yet.
   *
   * @param rights says for whom the limits of a user do not count
   * @param limits how much there may be
   */
  public Quotas(Rights rights, QuotaLimits limits) {
    this.rights = rights;
    this.limits = limits;
  }

  /**
   * Takes some for whoever makes them.
   *
   * @param count how many, 0 or more
   * @throws ErrnoException ENOSPC if that is more than the user or the mount may have; nothing is
   *     taken then
   */
  public void take(Caller maker, Quota quota, long count) throws ErrnoException {
    change(maker, quota, Map.of(maker.uid(), count));
  }

  /**
   * Takes some for whoever makes them, if there is room.
   *
   * @param count how many, 0 or more
   * @return false if that is more than the user or the mount may have; nothing is taken then
   */
  public synchronized boolean tryTake(Caller maker, Quota quota, long count) {
    boolean room = hasRoom(maker, quota, count);
    if (room) {
      count(quota, maker.uid(), count);
      count(Quota.DESCRIPTORS, maker.uid(), count * quota.descriptorsEach());
    }
    return room;
  }

  /** Whether that many more would not be refused now. */
  public synchronized boolean hasRoom(Caller maker, Quota quota, long count) {
    boolean descriptors =
        quota.descriptorsEach() == 0
            || hasRoom(maker, Quota.DESCRIPTORS, count * quota.descriptorsEach());
    return descriptors
        && fitsUser(maker, quota, maker.uid(), count)
        && count <= limits.ofMount(quota) - usedByAll(quota);
  }

  /**
   * Takes some for users and gives some back from others: all of it or nothing.
   *
   * @param caller who changes something; the limits of a user do not count for root and the owner
   * @param changes by uid, how many more that user has; fewer if it is negative
   * @throws ErrnoException ENOSPC if a user who gets more, or the mount, has too much then
   */
  public synchronized void change(Caller caller, Quota quota, Map<Integer, Long> changes)
      throws ErrnoException {
    for (Map.Entry<Integer, Long> change : new TreeMap<>(changes).entrySet()) {
      requireRoom(caller, quota, change.getKey(), change.getValue());
    }
    long more = changes.values().stream().mapToLong(Long::longValue).sum();
    requireRoomInMount(caller, quota, more);
    if (quota.descriptorsEach() > 0) {
      Map<Integer, Long> descriptors = new HashMap<>(changes);
      descriptors.replaceAll((uid, count) -> count * quota.descriptorsEach());
      change(caller, Quota.DESCRIPTORS, descriptors);
    }
    changes.forEach((uid, count) -> count(quota, uid, count));
  }

  /** Gives some back that were taken for this user. Never refuses. */
  public synchronized void give(int uid, Quota quota, long count) {
    count(quota, uid, -count);
    count(Quota.DESCRIPTORS, uid, -count * quota.descriptorsEach());
  }

  /** How many this user has. */
  public synchronized long used(int uid, Quota quota) {
    return byUser.getOrDefault(quota, Map.of()).getOrDefault(uid, 0L);
  }

  /** How many all users have together. */
  public synchronized long usedByAll(Quota quota) {
    return byAll.getOrDefault(quota, 0L);
  }

  /**
   * A header and a row for each quota: how many the reader has and may have, and how many the users
   * of the mount have and may have together. {@code max} is no limit.
   */
  public synchronized String text(Caller reader) {
    StringBuilder text = new StringBuilder();
    text.append(
        ROW.formatted("what", "uid_" + uidText(reader.uid()), "may_have", "mount", "may_have"));
    for (Quota quota : Quota.values()) {
      long ofUser = rights.isOwner(reader) ? Long.MAX_VALUE : limits.ofUser(quota);
      text.append(
          ROW.formatted(
              quota.word(),
              used(reader.uid(), quota),
              limitText(ofUser),
              usedByAll(quota),
              limitText(limits.ofMount(quota))));
    }
    return text.toString();
  }

  private static String limitText(long limit) {
    return limit == Long.MAX_VALUE ? "max" : Long.toString(limit);
  }

  private static String uidText(int uid) {
    return Integer.toUnsignedString(uid);
  }

  /** How many users have any of anything: what this object keeps grows with that. */
  synchronized int users() {
    return (int)
        byUser.values().stream().flatMap(each -> each.keySet().stream()).distinct().count();
  }

  @GuardedBy("this")
  private void requireRoom(Caller caller, Quota quota, int uid, long more) throws ErrnoException {
    if (!fitsUser(caller, quota, uid, more)) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "uid %s has %d %s and would get %d more, but a user may have %d: %s, or mount with %s %s=N"
              .formatted(
                  uidText(uid),
                  used(uid, quota),
                  quota.plural(),
                  more,
                  limits.ofUser(quota),
                  quota.remedy(),
                  QuotaLimits.USER_OPTION,
                  quota.word()));
    }
  }

  @GuardedBy("this")
  private void requireRoomInMount(Caller caller, Quota quota, long more) throws ErrnoException {
    long now = usedByAll(quota);
    long most = limits.ofMount(quota);
    if (more > 0 && more > most - now) {
      throw new ErrnoException(
          Errno.ENOSPC,
          ("this mount has %d %s, %d of them of uid %s, and would get %d more,"
                  + " but %d is the most: %s, or mount with %s %s=N")
              .formatted(
                  now,
                  quota.plural(),
                  used(caller.uid(), quota),
                  uidText(caller.uid()),
                  more,
                  most,
                  quota.remedy(),
                  QuotaLimits.MOUNT_OPTION,
                  quota.word()));
    }
  }

  @GuardedBy("this")
  private boolean fitsUser(Caller caller, Quota quota, int uid, long more) {
    return more <= 0
        || more <= limits.ofUser(quota) - used(uid, quota)
        || rights.isOwner(caller)
        || isOwner(uid);
  }

  private boolean isOwner(int uid) {
    return rights.isOwner(new Caller(uid, 0, 0));
  }

  @GuardedBy("this")
  private void count(Quota quota, int uid, long more) {
    Map<Integer, Long> users = byUser.computeIfAbsent(quota, key -> new HashMap<>());
    users.merge(uid, more, Long::sum);
    users.remove(uid, 0L); // who has nothing is nobody here
    byAll.merge(quota, more, Long::sum);
  }
}
