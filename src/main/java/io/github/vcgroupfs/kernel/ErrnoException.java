package io.github.vcgroupfs.kernel;

/**
 * A call is refused. It has the error number that the caller gets, and one sentence for a person:
 * what was wrong, with which value, and what would work.
 *
 * <p>It is thrown where the rule is known, and passed up unchanged. It has no stack trace, because
 * it is an answer and not a defect.
 */
public final class ErrnoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;
  private final String why;

  /**
   * Refuses a call.
   *
   * @param errno what the system call returns
   * @param why one sentence that names the rule and what would work
   */
  public ErrnoException(Errno errno, String why) {
    super(errno + ": " + why, null, false, false);
    this.why = why;
    this.errno = errno;
  }

  /** The error that the system call returns. */
  public Errno errno() {
    return errno;
  }

  /** The sentence for a person. */
  public String why() {
    return why;
  }
}
