package io.github.vcgroupfs.mount;

import java.util.List;

/**
 * Finds the daemons of a mount. What a daemon looks like is known to whoever starts daemons; what
 * is here only asks, to name the daemon in a message or to wait for its end.
 */
@FunctionalInterface
public interface DaemonFinder {
  /** The ids of the processes that serve that mount point, this one aside. */
  List<Long> serving(MountPoint place);
}
