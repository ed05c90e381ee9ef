package io.github.vcgroupfs.serve;

/** A request that cannot be answered: with the status of HTTP and one sentence for a person. */
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** The request makes no sense. */
  BadRequestException(String why) {
    this(Answer.BAD_REQUEST, why);
  }

  BadRequestException(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }
}
