package io.github.vcgroupfs.memcg;

/** The counters of a group: the upper half of the kernel's {@code MEMFILE_PRIVATE} selector. */
public enum CounterKind {
  /** User memory; with {@code independent_kmem_limit} 0, kernel memory too. */
  MEMORY("memory"),
  /** Memory and swap. */
  MEMSW("memory.memsw"),
  /** Kernel memory, socket buffers among it. */
  KMEM("memory.kmem"),
  /** TCP socket buffers. */
  TCP("kmem.tcp");

  private final String label;

  CounterKind(String label) {
    this.label = label;
  }

  /** What a message calls it. */
  public String label() {
    return label;
  }
}
