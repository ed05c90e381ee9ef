package io.github.vcgroupfs.daemon;

/** What becomes of a call of the release agent. */
public enum AgentMode {
  /** A line in the journal. */
  RECORD,
  /** That line, and the program is run: whoever may write release_agent chooses it. */
  RUN
}
