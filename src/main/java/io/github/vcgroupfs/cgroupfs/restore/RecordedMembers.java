package io.github.vcgroupfs.cgroupfs.restore;

import io.github.vcgroupfs.cgroup.Cgroup;

/** Who was in the recorded groups. */
public interface RecordedMembers {
  /** Nobody was in any group. */
  RecordedMembers NOBODY = (recorded, group) -> {};

  /**
   * Puts the members of a recorded group into the group that was made of it. No rule is asked: they
   * were there.
   */
  void join(RecordedGroup recorded, Cgroup group);
}
