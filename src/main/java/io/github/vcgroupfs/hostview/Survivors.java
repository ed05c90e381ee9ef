package io.github.vcgroupfs.hostview;

import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.NamespaceFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes that a command leaves behind: those with its mounts, and all that come from them,
 * such as processes in containers. This process is none of them. Immutable.
 */
public final class Survivors {
  private static final String MOUNTS = "mnt";

  private final ProcFs proc;
  private final int self = (int) ProcessHandle.current().pid();
  private final @Nullable String mounts;

  /**
   * Those with the mounts of the calling thread.
   *
   * @param proc the real one
   */
  public Survivors(ProcFs proc) {
    this.proc = proc;
    this.mounts = NamespaceFd.name("thread-self", MOUNTS);
  }

  /** The ids of their processes now. */
  public Set<Integer> now() {
    Map<Integer, Integer> parents = new HashMap<>();
    Set<Integer> found = new HashSet<>();
    for (int pid : proc.processes()) {
      TaskStat stat = proc.stat(pid);
      if (stat != null && pid != self && !stat.isDead()) {
        parents.put(pid, stat.ppid());
        String its = NamespaceFd.name(Integer.toString(pid), MOUNTS);
        if (its != null && its.equals(mounts)) {
          found.add(pid);
        }
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<Integer, Integer> each : parents.entrySet()) {
        more |= found.contains(each.getValue()) && found.add(each.getKey());
      }
    }
    return found;
  }

  /** Sends them a signal. */
  public void signal(int number) {
    now().forEach(pid -> Libc.kill(pid, number));
  }
}
