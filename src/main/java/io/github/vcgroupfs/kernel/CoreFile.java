package io.github.vcgroupfs.kernel;

/**
 * The two files that list the members of a group, in every cgroup v1 hierarchy: {@code
 * kernel/cgroup.c}, {@code files[]}. Used by packages that serve a hierarchy, and by those that
 * look at one from outside.
 */
public enum CoreFile {
  /** The file with the ids of threads. */
  TASKS("tasks"),
  /** The file with the ids of processes. */
  PROCS("cgroup.procs");

  private final String fileName;

  CoreFile(String fileName) {
    this.fileName = fileName;
  }

  /** The name in a directory. */
  public String fileName() {
    return fileName;
  }
}
