package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountCalls;
import io.github.vcgroupfs.os.NamespaceFd;
import io.github.vcgroupfs.os.PathFd;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup namespaces of the processes that are watched. A namespace shows the group in which its
 * maker was as the root: {@code copy_cgroup_ns}. The kernel makes the namespaces, and knows nothing
 * of our hierarchies; so which groups those were is kept here.
 *
 * <p>Thread-safe.
 */
final class CgroupNamespaces {
  private static final String CGROUP = "cgroup";
  private static final String MOUNTS = "mnt";

  private static final int PAUSE_MS = 1;
  private static final int TRIES = 200;

  private final VirtualHost host;
  private final @Nullable String first;
  private final int own = Libc.open("/proc/self/ns/cgroup");
  private final @Nullable String hostsMounts;
  private final Map<String, Map<ShownHierarchy, String>> tops = new ConcurrentHashMap<>();

  /** Knows the namespace of this process: it shows everything. */
  CgroupNamespaces(VirtualHost host) {
    this.host = host;
    this.first = NamespaceFd.name("self", CGROUP);
    this.hostsMounts = NamespaceFd.name("self", MOUNTS);
  }

  /** The roots, in each hierarchy, of what a thread sees. */
  Map<ShownHierarchy, String> tops(int tid) {
    String namespace = NamespaceFd.name(Integer.toString(tid), CGROUP);
    if (namespace == null || namespace.equals(first)) {
      return Map.of();
    }
    return tops.computeIfAbsent(namespace, unseen -> groups(tid));
  }

  /**
   * Reads a file as a thread would: the kernel shows the groups of its own hierarchies from the
   * root of the reader's namespace.
   */
  @Nullable String readAs(int tid, PathFd folder, String name) {
    String namespace = NamespaceFd.name(Integer.toString(tid), CGROUP);
    int its =
        namespace == null || namespace.equals(first)
            ? -1
            : Libc.open("/proc/" + tid + "/ns/cgroup");
    if (its < 0) {
      return folder.read(name);
    }
    boolean entered = MountCalls.enterCgroups(its) >= 0;
    try {
      return folder.read(name);
    } finally {
      if (entered) {
        MountCalls.enterCgroups(own);
      }
      Libc.close(its);
    }
  }

  /** The group of a thread in each hierarchy. */
  Map<ShownHierarchy, String> groups(int tid) {
    Map<ShownHierarchy, String> groups = new HashMap<>();
    for (ShownHierarchy each : host.texts().hierarchies()) {
      groups.put(each, host.groupOf(each, tid));
    }
    return groups;
  }

  /**
   * A thread makes a namespace. The kernel gives numbers again, so what was known of that number
   * must be forgotten as soon as the namespace is there.
   *
   * @param proceed lets the thread go on
   */
  void making(int tid, Runnable proceed) throws InterruptedException {
    String before = NamespaceFd.name(Integer.toString(tid), CGROUP);
    Map<ShownHierarchy, String> groups = groups(tid);
    proceed.run();
    for (int i = 0; i < TRIES; i++) {
      String now = NamespaceFd.name(Integer.toString(tid), CGROUP);
      if (now == null) {
        return;
      }
      if (!now.equals(before)) {
        tops.put(now, groups);
        return;
      }
      Thread.sleep(PAUSE_MS); // it was refused, or is not done yet
    }
  }

  /** Whether a thread has the mounts that this process was started with. */
  boolean hasHostsMounts(int tid) {
    String its = NamespaceFd.name(Integer.toString(tid), MOUNTS);
    return its != null && its.equals(hostsMounts);
  }
}
