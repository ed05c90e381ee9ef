package io.github.vcgroupfs.daemon;

/** What happens to the members of a frozen group. */
public enum FreezerMode {
  /** Nothing: the state is shown, and they run on. */
  OFF,
  /** They are stopped by SIGSTOP, and continued by SIGCONT. */
  SIGNALS
}
