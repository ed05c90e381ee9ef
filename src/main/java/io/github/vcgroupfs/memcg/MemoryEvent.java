package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.kernel.ErrnoException;

/** What a registration waits for: the file it names says which. */
public enum MemoryEvent implements EventSource {
  /**
   * Usage goes over or under a threshold: {@code mem_cgroup_usage_register_event}. One kind for
   * memory and memsw, for the two show the same number here.
   */
  USAGE,
  /** The group, or one that accounts for it, is out of memory: {@code oom_register_event}. */
  OOM,
  /** Memory pressure: {@code vmpressure_register_event}. */
  PRESSURE;

  @Override
  public Subscription subscribe(Cgroup group, String args, EventFd fd) throws ErrnoException {
    MemCgroup memory = MemCgroup.of(group);
    return memory.globals().events().subscribe(memory, this, args, fd);
  }
}
