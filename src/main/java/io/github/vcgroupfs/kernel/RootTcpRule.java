package io.github.vcgroupfs.kernel;

/** What the {@code kmem.tcp.*} files of the root show: kernel-facts.md, root group. */
public enum RootTcpRule {
  /** The machine's TCP memory; failcnt and max_usage are 0 and cannot be reset. Until 4.4. */
  MACHINE,
  /**
   * A counter like any other. Groups that are hierarchical children of the root charge it. From
   * 4.5.
   */
  COUNTER
}
