package io.github.vcgroupfs.kernel;

/**
 * Files of a group in every cgroup v1 hierarchy, {@code kernel/cgroup.c} {@code files[]}: the two
 * that list its members, and what a new child of it copies. Used by packages that serve a
 * hierarchy, and by those that look at one from outside.
 */
public enum CoreFile {
  /** The file with the ids of threads. */
  TASKS("tasks"),
  /** The file with the ids of processes. */
  PROCS("cgroup.procs"),
  /** The flag whether a child of a cpuset group begins with the lists of its parent. */
  CLONE_CHILDREN("cgroup.clone_children");

  private final String fileName;

  CoreFile(String fileName) {
    this.fileName = fileName;
  }

  /** The name in a directory. */
  public String fileName() {
    return fileName;
  }
}
