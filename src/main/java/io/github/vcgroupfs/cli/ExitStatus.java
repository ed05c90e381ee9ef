package io.github.vcgroupfs.cli;

/** What the program's exit status means. */
final class ExitStatus {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;
  static final int PREREQUISITE = 3;

  private ExitStatus() {}
}
