package io.github.vcgroupfs.traffic;

/** What a sender does when it has written all it had to. */
enum Then {
  /** Nothing. */
  STAY,
  /** {@code close}: a FIN behind what is unsent, or a reset if something is unread. */
  CLOSE,
  /** {@code close} with SO_LINGER of 0 seconds: a reset. */
  RESET,
  /** Closes, and connects anew after a pause. */
  REOPEN
}
