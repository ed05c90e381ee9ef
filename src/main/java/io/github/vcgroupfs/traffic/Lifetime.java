package io.github.vcgroupfs.traffic;

/**
 * How a connection ends. Immutable.
 *
 * @param then what the sender does when it has written all it had to
 * @param pause how long a sender waits before it connects anew, nanoseconds
 */
record Lifetime(Then then, Distribution pause) {
  static final Lifetime DEFAULT = new Lifetime(Then.STAY, Distribution.fixed(0));

  Lifetime withThen(Then what) {
    return new Lifetime(what, pause);
  }

  Lifetime withPause(Distribution ns) {
    return new Lifetime(then, ns);
  }
}
