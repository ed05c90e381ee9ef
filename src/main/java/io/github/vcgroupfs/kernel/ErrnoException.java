package io.github.vcgroupfs.kernel;

/**
 * A refusal on the control path: the error number a caller gets, and one sentence for a person that
 * says what was wrong, with which value, and what would work.
 *
 * <p>It is created where the rule is known and passes upwards unchanged. It carries no stack trace:
 * it is an answer, not a defect.
 */
public final class ErrnoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;
  private final String why;

  /**
   * A refusal.
   *
   * @param errno what the system call returns
   * @param why one sentence that names the rule and what would work
   */
  public ErrnoException(Errno errno, String why) {
    super(errno + ": " + why, null, false, false);
    this.why = why;
    this.errno = errno;
  }

  /** What the system call returns. */
  public Errno errno() {
    return errno;
  }

  /** The sentence for a person. */
  public String why() {
    return why;
  }
}
