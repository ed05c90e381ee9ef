package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Locale;

/** A flag or number of a group: how it is read, and the rule for writing it. */
public enum Setting {
  /** {@code memory.use_hierarchy}. */
  USE_HIERARCHY,
  /** {@code memory.independent_kmem_limit}: every non-zero value is 1. */
  INDEPENDENT_KMEM_LIMIT,
  /** {@code memory.swappiness}. */
  SWAPPINESS,
  /** {@code memory.move_charge_at_immigrate}. */
  MOVE_CHARGE_AT_IMMIGRATE,
  /** {@code memory.oom_control}. */
  OOM_KILL_DISABLE;

  /** What a message calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value in a group, unsigned. */
  public long of(MemCgroup group) {
    return switch (this) {
      case USE_HIERARCHY -> group.useHierarchy() ? 1 : 0;
      case INDEPENDENT_KMEM_LIMIT -> group.independentKmemLimit() ? 1 : 0;
      case SWAPPINESS -> group.settings().swappiness();
      case MOVE_CHARGE_AT_IMMIGRATE -> group.settings().moveCharge();
      case OOM_KILL_DISABLE -> group.settings().oomKillDisabled() ? 1 : 0;
    };
  }

  void store(MemCgroup group, long value) throws ErrnoException {
    switch (this) {
      case USE_HIERARCHY -> SettingRules.setUseHierarchy(group, value);
      case INDEPENDENT_KMEM_LIMIT -> SettingRules.setIndependentKmemLimit(group, value);
      case SWAPPINESS -> SettingRules.setSwappiness(group, value);
      case MOVE_CHARGE_AT_IMMIGRATE -> SettingRules.setMoveCharge(group, value);
      case OOM_KILL_DISABLE -> SettingRules.setOomKillDisabled(group, value);
    }
  }
}
