package io.github.vcgroupfs.nio;

/** Makes the errors of assertions, with what was really called. */
interface CallReport {
  /** A failed assertion. */
  AssertionError wrong(String what);
}
