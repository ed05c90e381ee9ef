package io.github.vcgroupfs.simulate;

/**
 * A scenario that cannot be run. The message says which line, what is wrong with it, and what would
 * work.
 */
public final class ScenarioException extends Exception {
  private static final long serialVersionUID = 1L;

  /** That is wrong. */
  public ScenarioException(String message) {
    super(message);
  }

  /** The same, said of a line. */
  public ScenarioException ofLine(int line) {
    return new ScenarioException("line " + line + ": " + getMessage());
  }
}
