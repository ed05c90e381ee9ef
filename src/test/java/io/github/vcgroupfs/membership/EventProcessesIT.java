package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.vcgroupfs.cgroup.Membership;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Told by the events of the kernel, where it lets us. */
@Tag("jdk")
class EventProcessesIT extends RealProcessesSuite {
  @Override
  Membership newMembership() throws IOException {
    try {
      return EventMembership.open(new SharedEvents());
    } catch (IOException impossible) {
      return abort(impossible.getMessage()); // this kernel or user has no such events
    }
  }

  @AfterAll
  static void nobodyListensAnyMore() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("vcgroupfs-forks");
  }
}
