package io.github.vcgroupfs.netcls;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;

/** What the net_cls controller keeps of a group: {@code struct cgroup_cls_state}. Any thread. */
final class NetClsGroup implements ControllerState {
  private static final long UINT_MAX = 0xffff_ffffL;

  private volatile long classId;

  NetClsGroup(long classId) {
    this.classId = classId;
  }

  /** The part of a group that this controller keeps. */
  static NetClsGroup of(Cgroup group) {
    return group.state(NetClsGroup.class);
  }

  long classId() {
    return classId;
  }

  /** {@code write_classid}: the kernel keeps 32 bits. */
  void setClassId(long written) {
    classId = written & UINT_MAX;
  }
}
