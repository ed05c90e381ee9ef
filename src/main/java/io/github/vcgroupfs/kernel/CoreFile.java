package io.github.vcgroupfs.kernel;

/**
 * The two files of every cgroup v1 hierarchy that name its members, for those who serve one and for
 * those who use one from outside: {@code kernel/cgroup.c}, {@code files[]}.
 */
public enum CoreFile {
  /** Ids of threads. */
  TASKS("tasks"),
  /** Ids of processes. */
  PROCS("cgroup.procs");

  private final String fileName;

  CoreFile(String fileName) {
    this.fileName = fileName;
  }

  /** Its name in a directory. */
  public String fileName() {
    return fileName;
  }
}
