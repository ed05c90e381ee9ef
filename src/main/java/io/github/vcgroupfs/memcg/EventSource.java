package io.github.vcgroupfs.memcg;

/** What a registration waits for: the file it names says which. */
public enum EventSource {
  /**
   * Usage goes over or under a threshold: {@code mem_cgroup_usage_register_event}. One kind for
   * memory and memsw, for the two show the same number here.
   */
  USAGE,
  /** The group, or one that accounts for it, is out of memory: {@code oom_register_event}. */
  OOM,
  /** Memory pressure: {@code vmpressure_register_event}. */
  PRESSURE
}
