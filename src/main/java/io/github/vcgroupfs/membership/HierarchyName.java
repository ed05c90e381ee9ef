package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name that a daemon gives its hierarchy in the kernel. By this name the next daemon sees
 * whether that daemon is still alive. Immutable.
 *
 * @param namespace the number of the pid namespace the daemon is in
 * @param pid its id there
 * @param startTime when the daemon started; id and start time together identify it
 * @param serial distinguishes several hierarchies of one process
 */
record HierarchyName(String namespace, int pid, long startTime, long serial) {
  private static final Pattern FORM =
      Pattern.compile("vcgroupfs-([0-9]{1,10})-([0-9]{1,9})-([0-9]{1,18})-([0-9a-f]{1,15})");

  /** The name of a hierarchy of this process; null if {@code /proc} does not tell who we are. */
  static @Nullable HierarchyName own(ProcFs proc, long serial) {
    int pid = (int) ProcessHandle.current().pid();
    TaskStat self = proc.stat(pid);
    String namespace = namespaceOf(proc, pid);
    return self == null || namespace == null
        ? null
        : new HierarchyName(namespace, pid, self.startTime(), serial & Long.MAX_VALUE >>> 4);
  }

  /** Reads a name. Null if it is not the name of such a hierarchy. */
  static @Nullable HierarchyName parse(String name) {
    Matcher form = FORM.matcher(name);
    return form.matches()
        ? new HierarchyName(
            form.group(1),
            Integer.parseInt(form.group(2)),
            Long.parseLong(form.group(3)),
            Long.parseLong(form.group(4), 16))
        : null;
  }

  /** Whether its daemon is gone; of one in another pid namespace we cannot know. */
  boolean isLeftBehind(ProcFs proc) {
    String ours = namespaceOf(proc, (int) ProcessHandle.current().pid());
    if (!namespace.equals(ours)) {
      return false;
    }
    TaskStat now = proc.stat(pid);
    return now == null ? !proc.exists(pid) : now.startTime() != startTime || now.isDead();
  }

  private static @Nullable String namespaceOf(ProcFs proc, int pid) {
    String link = proc.pidNamespace(pid, 0); // pid:[4026531836]
    return link == null ? null : link.replaceAll("[^0-9]", "");
  }

  @Override
  public String toString() {
    return "vcgroupfs-%s-%d-%d-%x".formatted(namespace, pid, startTime, serial);
  }
}
