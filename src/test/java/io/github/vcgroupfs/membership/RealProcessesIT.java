package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Membership;
import org.junit.jupiter.api.Tag;

/** Told from {@code /proc}. */
@Tag("jdk")
class RealProcessesIT extends RealProcessesSuite {
  @Override
  Membership newMembership() {
    return new ProcMembership();
  }
}
