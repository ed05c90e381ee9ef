package io.github.vcgroupfs.memcg;

/**
 * The four counters of a group. In the kernel this is the upper half of the {@code MEMFILE_PRIVATE}
 * number that says which file is meant.
 */
public enum CounterKind {
  /**
   * User memory, that is, the memory of programs. Where kernel memory has no limit apart ({@code
   * independent_kmem_limit} is 0 or missing), kernel memory is part of it.
   */
  MEMORY("memory"),
  /** Memory and swap, counted together. */
  MEMSW("memory.memsw"),
  /**
   * Kernel memory: what the kernel itself needs for the group. In some kernels the buffers of
   * sockets are part of it.
   */
  KMEM("memory.kmem"),
  /** The buffers of TCP sockets. */
  TCP("kmem.tcp");

  private final String label;

  CounterKind(String label) {
    this.label = label;
  }

  /** The name of the counter in messages. */
  public String label() {
    return label;
  }
}
