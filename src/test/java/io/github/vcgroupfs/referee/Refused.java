package io.github.vcgroupfs.referee;

import io.github.vcgroupfs.kernel.Errno;

/** A system call failed. Immutable. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errno;

  private Refused(String errno) {
    super(errno, null, false, false); // an answer, not a defect: nobody looks at its stack
    this.errno = errno;
  }

  /** That call failed with that number, above 0. */
  static Refused with(int number) {
    return new Refused(nameOf(number));
  }

  /** What the call returned, if that is not a negative errno. */
  static int unless(int result) throws Refused {
    if (result < 0) {
      throw with(-result);
    }
    return result;
  }

  /** Its name, {@code ENOENT}; a number that has none among ours is its decimal text. */
  String errno() {
    return errno;
  }

  /** The recordings call 95 by the other of its two names. */
  private static String nameOf(int number) {
    if (number == Errno.EOPNOTSUPP.number()) {
      return "ENOTSUP";
    }
    return Errno.ofNumber(number).map(Errno::name).orElse(Integer.toString(number));
  }
}
