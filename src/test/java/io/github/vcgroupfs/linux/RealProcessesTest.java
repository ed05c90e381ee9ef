package io.github.vcgroupfs.linux;

import io.github.vcgroupfs.cgroup.Membership;

/** Told from {@code /proc}. */
class RealProcessesTest extends RealProcessesSuite {
  @Override
  Membership newMembership() {
    return new ProcMembership();
  }
}
