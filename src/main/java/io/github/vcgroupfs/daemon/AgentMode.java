package io.github.vcgroupfs.daemon;

/** What happens when the kernel would start the release agent. */
public enum AgentMode {
  /** The journal gets a line, and nothing is started. */
  RECORD,
  /**
   * The journal gets a line, and the program is started. Whoever may write release_agent chooses
   * which.
   */
  RUN
}
