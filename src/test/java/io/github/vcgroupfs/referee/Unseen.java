package io.github.vcgroupfs.referee;

/**
 * This way of asking cannot ask that: the kernel answers it before, or without, asking the file
 * system. The step is left out of the comparison and counted.
 */
final class Unseen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot be asked. */
  Unseen(String why) {
    super(why, null, false, false);
  }
}
