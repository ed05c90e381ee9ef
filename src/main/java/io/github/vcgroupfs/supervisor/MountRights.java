package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.os.NamespaceFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStatus;

/**
 * Whether a thread may mount, as the kernel would decide: {@code may_mount} in {@code
 * fs/namespace.c}. The supervisor has more rights than most, so it must ask this before it mounts
 * for somebody. Has no state.
 */
final class MountRights {
  private static final int CAP_SYS_ADMIN = 21; // include/uapi/linux/capability.h

  private MountRights() {}

  /** Whether it has CAP_SYS_ADMIN in the user namespace that owns its mounts, or in one above. */
  static boolean mayMount(ProcFs proc, int tid) {
    TaskStatus status = proc.status(tid);
    if (status == null || !status.has(CAP_SYS_ADMIN)) {
      return false;
    }
    try (NamespaceFd mounts = NamespaceFd.of(tid, "mnt");
        NamespaceFd own = NamespaceFd.of(tid, "user");
        NamespaceFd owner = mounts == null ? null : mounts.owner()) {
      return own != null && owner != null && isIn(owner, own);
    }
  }

  private static boolean isIn(NamespaceFd inner, NamespaceFd outer) {
    if (inner.isSame(outer)) {
      return true;
    }
    try (NamespaceFd around = inner.parent()) {
      return around != null && isIn(around, outer);
    }
  }
}
