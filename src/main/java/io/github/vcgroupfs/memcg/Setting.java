package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A flag or number of a group: how it is read, and the rule for writing it. */
@SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
public enum Setting {
  /** {@code memory.use_hierarchy}. */
  USE_HIERARCHY(group -> group.useHierarchy() ? 1 : 0, SettingRules::setUseHierarchy),
  /** {@code memory.independent_kmem_limit}: every non-zero value is 1. */
  INDEPENDENT_KMEM_LIMIT(
      group -> group.independentKmemLimit() ? 1 : 0, SettingRules::setIndependentKmemLimit),
  /** {@code memory.swappiness}. */
  SWAPPINESS(group -> group.settings().swappiness(), SettingRules::setSwappiness),
  /** {@code memory.move_charge_at_immigrate}. */
  MOVE_CHARGE_AT_IMMIGRATE(group -> group.settings().moveCharge(), SettingRules::setMoveCharge),
  /** {@code memory.oom_control}. */
  OOM_KILL_DISABLE(
      group -> group.settings().oomKillDisabled() ? 1 : 0, SettingRules::setOomKillDisabled);

  private final ToLongFunction<MemCgroup> load;
  private final Store store;

  Setting(ToLongFunction<MemCgroup> load, Store store) {
    this.load = load;
    this.store = store;
  }

  /** What a message calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value in a group, unsigned. */
  public long of(MemCgroup group) {
    return load.applyAsLong(group);
  }

  void store(MemCgroup group, long value) throws ErrnoException {
    store.store(group, value);
  }

  private interface Store {
    void store(MemCgroup group, long value) throws ErrnoException;
  }
}
