package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose end is waited for. */
class UnmountFromOutsideTest {
  @Test
  void thisProcessRuns() {
    assertThat(UnmountFromOutside.isRunning(ProcessHandle.current().pid())).isTrue();
    assertThat(UnmountFromOutside.isRunning(Integer.MAX_VALUE)).isFalse();
  }
}
