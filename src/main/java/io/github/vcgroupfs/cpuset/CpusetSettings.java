package io.github.vcgroupfs.cpuset;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The lists and the flags of a group. Immutable: a change makes a new object, to be checked first.
 */
final class CpusetSettings {
  /** What a new group has: {@code cpuset_css_alloc}. */
  static final CpusetSettings FRESH =
      new CpusetSettings(
          Map.of(Resource.CPUS, new BitSet(), Resource.MEMS, new BitSet()),
          EnumSet.of(CpusetFlag.SCHED_LOAD_BALANCE));

  private final Map<Resource, BitSet> lists;
  private final Set<CpusetFlag> flags;

  private CpusetSettings(Map<Resource, BitSet> lists, Set<CpusetFlag> flags) {
    this.lists = lists;
    this.flags = flags;
  }

  /** A copy of a list. */
  BitSet list(Resource resource) {
    return (BitSet) shared(resource).clone();
  }

  /** The list itself; nobody may change it. */
  private BitSet shared(Resource resource) {
    BitSet list = lists.get(resource);
    return list == null ? new BitSet() : list;
  }

  /** Whether the list has nothing in it. */
  boolean isEmpty(Resource resource) {
    return shared(resource).isEmpty();
  }

  /** Whether something is in both lists. */
  boolean overlaps(CpusetSettings other, Resource resource) {
    return shared(resource).intersects(other.shared(resource));
  }

  /** What is in this list and not in another. */
  BitSet beyond(CpusetSettings other, Resource resource) {
    BitSet rest = list(resource);
    rest.andNot(other.shared(resource));
    return rest;
  }

  /** Whether a flag is on. */
  boolean has(CpusetFlag flag) {
    return flags.contains(flag);
  }

  /** The same with another list. */
  CpusetSettings with(Resource resource, BitSet list) {
    Map<Resource, BitSet> changed = new EnumMap<>(lists);
    changed.put(resource, (BitSet) list.clone());
    return new CpusetSettings(changed, flags);
  }

  /** The same with a flag on or off. */
  CpusetSettings with(CpusetFlag flag, boolean on) {
    Set<CpusetFlag> changed = EnumSet.copyOf(flags);
    changed.remove(flag);
    if (on) {
      changed.add(flag);
    }
    return new CpusetSettings(lists, changed);
  }
}
