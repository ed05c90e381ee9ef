package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code /proc} whose text tells of hierarchies.
 *
 * @param kind which one
 * @param tid whose it is, in our pid namespace; 0 for a file that is nobody's
 * @param folder the directory that holds it
 */
record ProcFile(Kind kind, int tid, PathFd folder) {
  /** {@code PROCFS_ROOT_INO}: {@code include/linux/proc_ns.h}. */
  private static final long PROC_ROOT = 1;

  /** The files. */
  enum Kind {
    CGROUPS("cgroups"),
    CGROUP("cgroup"),
    MOUNTS("mounts"),
    MOUNTINFO("mountinfo");

    private final String fileName;

    Kind(String fileName) {
      this.fileName = fileName;
    }

    /** Whether it lists mounts. */
    boolean tellsMounts() {
      return this == MOUNTS || this == MOUNTINFO;
    }

    /** Its name in {@code /proc} or {@code /proc/PID}. */
    String fileName() {
      return fileName;
    }
  }

  private static final Map<String, Kind> BY_NAME =
      Map.of(
          Kind.CGROUPS.fileName, Kind.CGROUPS,
          Kind.CGROUP.fileName, Kind.CGROUP,
          Kind.MOUNTS.fileName, Kind.MOUNTS,
          Kind.MOUNTINFO.fileName, Kind.MOUNTINFO);

  /** A link to {@code /proc/self/mounts} by custom. */
  private static final String MTAB = "mtab";

  /**
   * Whether a path may lead to such a file, by its last name alone. Every open is asked this, so it
   * must cost nothing.
   */
  static boolean isPossible(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.equals(MTAB) || BY_NAME.containsKey(last);
  }

  /**
   * Which of these files a walk has ended at; null if none. If something is mounted over such a
   * file, as the other ways of run do, that is none of them.
   *
   * @param file where it has ended
   * @param reader the thread whose path it was
   */
  static @Nullable ProcFile at(PathFd file, TargetPath walked, ProcFs proc, int reader) {
    PathFd folder = walked.parent();
    Kind kind = BY_NAME.get(walked.name());
    if (folder == null || kind == null || !folder.isInProc() || !file.isInProc()) {
      return null;
    }
    PathFd.Identity where = folder.identity();
    if (kind == Kind.CGROUPS) {
      return where != null && where.ino() == PROC_ROOT ? new ProcFile(kind, 0, folder) : null;
    }
    String status = folder.read("status");
    TaskStatus task = status == null ? null : TaskStatus.parse(status);
    int tid = task == null ? 0 : ours(task, folder, proc, reader);
    return tid == 0 ? null : new ProcFile(kind, tid, folder);
  }

  /** The number in our pid namespace of a task that some {@code /proc} shows; 0: not found. */
  private static int ours(TaskStatus seen, PathFd folder, ProcFs proc, int reader) {
    String stat = folder.read("stat");
    TaskStat there = stat == null ? null : TaskStat.parse(stat);
    if (there == null) {
      return 0;
    }
    if (isSame(proc, seen.tid(), there, seen.nsPids())) {
      return seen.tid(); // the usual case: it is our own /proc
    }
    if (isSame(proc, reader, there, seen.nsPids())) {
      return reader;
    }
    for (int pid : proc.processes()) {
      if (isSame(proc, pid, there, seen.nsPids())) {
        return pid;
      }
      TaskStat process = proc.stat(pid);
      for (int tid :
          process == null || process.numThreads() <= 1 ? new int[0] : proc.threads(pid)) {
        if (isSame(proc, tid, there, seen.nsPids())) {
          return tid;
        }
      }
    }
    return 0;
  }

  /** Two tasks with the same number in the innermost namespace, begun at the same tick. */
  private static boolean isSame(ProcFs proc, int tid, TaskStat other, List<Integer> numbers) {
    TaskStat stat = proc.stat(tid);
    TaskStatus status =
        stat != null && stat.startTime() == other.startTime() ? proc.status(tid) : null;
    if (status == null || status.nsPids().size() < numbers.size()) {
      return false;
    }
    List<Integer> own = status.nsPids();
    return own.subList(own.size() - numbers.size(), own.size()).equals(numbers);
  }
}
