package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * The kinds of events that the memory controller sends. The file named in a registration decides
 * which kind is meant.
 */
public enum MemoryEvent implements EventSource {
  /**
   * Usage crosses a threshold, upwards or downwards: {@code mem_cgroup_usage_register_event}. There
   * is one kind for memory and memsw, because both show the same number here.
   */
  USAGE,
  /**
   * The group, or one above that its charges count in, is out of memory: {@code
   * oom_register_event}.
   */
  OOM,
  /** Memory becomes scarce: {@code vmpressure_register_event}. */
  PRESSURE;

  @Override
  public Subscription subscribe(Cgroup group, String args, EventFd fd) throws ErrnoException {
    MemCgroup memory = MemCgroup.of(group);
    return memory.globals().events().subscribe(memory, this, args, fd);
  }
}
