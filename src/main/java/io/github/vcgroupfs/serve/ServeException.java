package io.github.vcgroupfs.serve;

/** The server cannot be started: one sentence that says why, and what would work. */
public final class ServeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The sentence. */
  public ServeException(String why) {
    super(why);
  }
}
