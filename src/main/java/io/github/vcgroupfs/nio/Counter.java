package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.memcg.CounterKind;

/**
 * The four counters of a memory group. Each has a usage, a limit, a highest usage and a failcnt.
 */
public enum Counter {
  /** {@code memory.usage_in_bytes} and its limit: the memory of programs. */
  MEMORY(CounterKind.MEMORY),
  /** {@code memory.memsw.*}: memory and swap together. It is counted, and never charged alone. */
  MEMSW(CounterKind.MEMSW),
  /** {@code memory.kmem.*}: what the kernel itself needs for the group. */
  KMEM(CounterKind.KMEM),
  /** {@code memory.kmem.tcp.*}: the buffers of TCP sockets. */
  TCP(CounterKind.TCP);

  private final CounterKind kind;

  Counter(CounterKind kind) {
    this.kind = kind;
  }

  CounterKind kind() {
    return kind;
  }
}
