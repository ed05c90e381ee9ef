package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates ids of tasks between pid namespaces. The process with number 1 in a container has
 * another number outside, and a reader in the container must get the container's numbers. A
 * namespace sees its own tasks and those of the namespaces below it ({@code task_pid_nr_ns}).
 *
 * <p>Thread-safe.
 */
final class PidNamespaces {
  private final ProcFs proc;

  PidNamespaces(ProcFs proc) {
    this.proc = proc;
  }

  /**
   * Our ids as a reader counts them, ascending; what the reader cannot see is left out. Of a reader
   * that we cannot see nothing is known, so it gets ours.
   *
   * @param reader a thread, or 0 if it is outside our own namespace
   */
  int[] seenBy(int reader, int[] ids) {
    TaskStatus status = reader == 0 ? null : proc.status(reader);
    if (status == null || !status.isInOtherPidNamespace()) {
      return ids;
    }
    View view = new View(status);
    int[] seen = new int[ids.length];
    int count = 0;
    for (int id : ids) {
      TaskStatus task = proc.status(id);
      int number = task == null ? 0 : view.idOf(task);
      if (number != 0) {
        seen[count++] = number;
      }
    }
    int[] sorted = Arrays.copyOf(seen, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The task that has that id in the pid namespace of the writer, or null. */
  @Nullable TaskStatus find(TaskStatus writer, int id) {
    View view = new View(writer);
    for (int pid : proc.processes()) {
      TaskStatus leader = proc.status(pid);
      if (leader == null || view.idOf(leader) == 0) {
        continue;
      }
      if (view.idOf(leader) == id) {
        return leader;
      }
      for (int tid : proc.threads(pid)) {
        TaskStatus thread = tid == pid ? null : proc.status(tid);
        if (thread != null && view.idOf(thread) == id) {
          return thread;
        }
      }
    }
    return null;
  }

  /** What one namespace sees, for the time of one answer. */
  private final class View {
    private final @Nullable String namespace;

    /** How many namespaces lie between ours and this one, this one included. */
    private final int depth;

    /** Whether a namespace is this one or below it. */
    private final Map<String, Boolean> inside = new HashMap<>();

    View(TaskStatus inhabitant) {
      this.namespace = proc.pidNamespace(inhabitant.tid(), 0);
      this.depth = inhabitant.nsPids().size() - 1;
    }

    /** The id of a task here; 0 if it cannot be seen from here. */
    int idOf(TaskStatus task) {
      int levelsDown = task.nsPids().size() - 1 - depth;
      if (levelsDown < 0 || namespace == null) {
        return 0;
      }
      String own = proc.pidNamespace(task.tid(), 0);
      boolean visible =
          own != null
              && inside.computeIfAbsent(
                  own, name -> namespace.equals(proc.pidNamespace(task.tid(), levelsDown)));
      return visible ? task.nsPids().get(depth) : 0;
    }
  }
}
