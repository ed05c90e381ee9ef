package io.github.vcgroupfs.junit;

/** Where the hierarchy of a test is. */
public enum Mode {
  /**
   * In the JVM of the test: a file system of the class {@code VirtualCgroupFileSystem}. No FUSE, no
   * native code, no other process; its time is the test's to move. Code under test must take a
   * {@link java.nio.file.Path}, for a {@link java.io.File} cannot lead there.
   */
  IN_JVM,

  /**
   * On a mount, served by a process of its own as {@code vcgroupfs mount} does: every program of
   * the machine can use it, its time is that of the clock. It needs FUSE, and the libraries of the
   * program on the class path. Where one of them is missing the test is skipped and says why.
   */
  MOUNT
}
