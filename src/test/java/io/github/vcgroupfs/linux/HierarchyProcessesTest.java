package io.github.vcgroupfs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.memcg.Membership;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** Kept by the kernel, where it lets us. */
class HierarchyProcessesTest extends RealProcessesSuite {
  @Override
  Membership newMembership() throws IOException {
    try {
      return HierarchyMembership.open();
    } catch (IOException impossible) {
      assumeTrue(false, impossible.getMessage());
      throw impossible;
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
