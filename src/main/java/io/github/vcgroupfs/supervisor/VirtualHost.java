package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.hostview.V1Texts;
import java.nio.file.Path;

/**
 * A machine whose cgroup v1 is ours: what a {@link Supervisor} must know of the hierarchies.
 * Implementations are thread-safe.
 */
public interface VirtualHost {
  /** The texts of {@code /proc} on this machine. */
  V1Texts texts();

  /** The number of the file system that the hierarchies are in, {@code major:minor}. */
  String device();

  /**
   * The group of a thread.
   *
   * @param tid in our pid namespace
   * @return its path from the root of the hierarchy, with a slash in front; the root for a thread
   *     that is not known
   */
  String groupOf(ShownHierarchy hierarchy, int tid);

  /** How many groups a hierarchy has, the root included. */
  int groups(ShownHierarchy hierarchy);

  /** A directory where the supervisor itself finds the root of a hierarchy. */
  Path place(ShownHierarchy hierarchy);
}
