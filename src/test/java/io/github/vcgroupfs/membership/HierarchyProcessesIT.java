package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.vcgroupfs.cgroup.Membership;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Kept by the kernel, where it lets us. */
@Tag("jdk")
class HierarchyProcessesIT extends RealProcessesSuite {
  @Override
  Membership newMembership() throws IOException {
    try {
      return HierarchyMembership.open();
    } catch (IOException impossible) {
      return abort(impossible.getMessage()); // this kernel or user has no such hierarchies
    }
  }

  @AfterAll
  static void nothingStays() throws IOException {
    int self = (int) ProcessHandle.current().pid();
    assertThat(NamedHierarchy.names())
        .map(HierarchyName::parse)
        .noneMatch(name -> name != null && name.pid() == self);
  }
}
