package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file that a path leads another process to, by the steps that the kernel would take for
 * it: from its root or its working directory, with its own {@code /proc/self}. Asking the kernel to
 * walk the whole path for us would not do: {@code self} would be this process.
 *
 * <p>Nothing on the way is opened but to be named ({@link PathFd}). Not thread-safe; {@link #close}
 * closes what was opened.
 */
final class TargetPath implements AutoCloseable {
  /** MAXSYMLINKS in {@code include/linux/namei.h}. */
  private static final int MAX_LINKS = 40;

  /** {@code PROCFS_ROOT_INO}: {@code include/linux/proc_ns.h}. */
  private static final long PROC_ROOT = 1;

  private static final String SELF = "self";
  private static final String THREAD_SELF = "thread-self";

  private final ProcFs proc;
  private final int tid;
  private final List<PathFd> opened = new ArrayList<>();
  private final Deque<String> rest = new ArrayDeque<>();
  private @Nullable PathFd root;
  private int links;

  /** The directory in which the last step was taken; null if that was no plain step. */
  private @Nullable PathFd parent;

  private String name = "";

  /**
   * A path of a thread.
   *
   * @param tid in our pid namespace
   */
  TargetPath(ProcFs proc, int tid) {
    this.proc = proc;
    this.tid = tid;
  }

  /**
   * Walks. To be called once.
   *
   * @param folder the descriptor that a relative path begins at, or {@link PathFd#AT_FDCWD}
   * @param path one char a byte
   * @param followLast whether a symbolic link at the end is followed
   * @return the file, which is closed with this object; null if the path leads nowhere, or cannot
   *     be followed
   */
  @Nullable PathFd walk(int folder, String path, boolean followLast) {
    root = keep(PathFd.open("/proc/" + tid + "/root"));
    PathFd at = path.startsWith("/") ? root : begin(folder);
    push(path);
    while (at != null && !rest.isEmpty()) {
      String step = rest.removeFirst();
      if (step.equals("..")) {
        at = up(at);
      } else if (!step.isEmpty() && !step.equals(".")) {
        at = step(at, step, followLast || !rest.isEmpty());
      }
    }
    return at;
  }

  /** The directory that holds the file, if it was reached by its name; else null. */
  @Nullable PathFd parent() {
    return parent;
  }

  /** The name of the file in {@link #parent}. */
  String name() {
    return name;
  }

  private @Nullable PathFd begin(int folder) {
    return keep(
        PathFd.open(
            folder == PathFd.AT_FDCWD
                ? "/proc/" + tid + "/cwd"
                : "/proc/" + tid + "/fd/" + folder));
  }

  private @Nullable PathFd up(PathFd at) {
    parent = null;
    return isRoot(at) ? at : keep(at.step(".."));
  }

  private boolean isRoot(PathFd at) {
    PathFd top = root;
    PathFd.Identity here = at.identity();
    return top != null && here != null && here.equals(top.identity());
  }

  private @Nullable PathFd step(PathFd at, String step, boolean follow) {
    PathFd next = keep(at.step(step));
    PathFd.Identity what = next == null ? null : next.identity();
    if (next == null || what == null) {
      return null;
    }
    if (!what.isLink() || !follow) {
      parent = at;
      name = step;
      return next;
    }
    if (++links > MAX_LINKS) {
      return null;
    }
    parent = null;
    return at.isInProc() ? inProc(at, step, next) : follow(at, next.link());
  }

  private @Nullable PathFd follow(PathFd at, @Nullable String target) {
    if (target == null) {
      return null;
    }
    push(target);
    return target.startsWith("/") ? root : at;
  }

  /** Links in {@code /proc}: those of its root are texts, all others lead somewhere by magic. */
  private @Nullable PathFd inProc(PathFd at, String step, PathFd link) {
    PathFd.Identity folder = at.identity();
    if (folder == null || folder.ino() != PROC_ROOT) {
      return keep(at.follow(step));
    }
    boolean thread = step.equals(THREAD_SELF);
    return follow(at, thread || step.equals(SELF) ? number(at, thread) : link.link());
  }

  /**
   * What {@code self} would be for the thread in this {@code /proc}, which may be that of another
   * pid namespace: {@code proc_self_get_link}. Null if it is not seen there.
   */
  private @Nullable String number(PathFd procRoot, boolean thread) {
    TaskStatus task = proc.status(tid);
    TaskStatus process = task == null ? null : proc.status(task.tgid());
    if (task == null || process == null) {
      return null;
    }
    for (int i = process.nsPids().size() - 1; i >= 0; i--) {
      String own = Integer.toString(process.nsPids().get(i));
      if (isSame(procRoot, own, task.tgid())) {
        return thread ? own + "/task/" + task.nsPids().get(i) : own;
      }
    }
    return null;
  }

  /** Whether a folder of some {@code /proc} is about a process of ours. */
  private boolean isSame(PathFd procRoot, String folder, int pid) {
    TaskStat ours = proc.stat(pid);
    String there = procRoot.read(folder + "/stat");
    TaskStat theirs = there == null ? null : TaskStat.parse(there);
    return ours != null
        && theirs != null
        && ours.startTime() == theirs.startTime()
        && ours.comm().equals(theirs.comm());
  }

  private void push(String path) {
    String[] names = path.split("/", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      rest.addFirst(names[i]);
    }
  }

  private @Nullable PathFd keep(@Nullable PathFd fd) {
    if (fd != null) {
      opened.add(fd);
    }
    return fd;
  }

  @Override
  public void close() {
    opened.forEach(PathFd::close);
    opened.clear();
  }
}
