package io.github.vcgroupfs.serve;

import java.io.IOException;

/** A request that cannot be answered: with the status of HTTP and one sentence for a person. */
final class BadRequestException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** The request makes no sense. */
  BadRequestException(String why) {
    this(Answer.BAD_REQUEST, why);
  }

  BadRequestException(int status, String why) {
    super(why);
    this.status = status;
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }
}
