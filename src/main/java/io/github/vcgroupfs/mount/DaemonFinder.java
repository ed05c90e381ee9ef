package io.github.vcgroupfs.mount;

import java.util.List;

/**
 * Finds the daemons of a mount. This package asks, in order to name the daemon in a message, or to
 * wait until it has ended. Whoever starts daemons knows how to recognise them.
 */
@FunctionalInterface
public interface DaemonFinder {
  /** The ids of the processes that serve this mount point, without this process. */
  List<Long> serving(MountPoint place);
}
