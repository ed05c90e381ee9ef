package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.columns.Row;

/** Numbers of all groups, as they are at one moment. For one thread. */
public interface Figures {
  /** No numbers. */
  Figures NONE = (group, row) -> {};

  /** Fills in the numbers of one group. */
  void fill(Cgroup group, Row row);
}
