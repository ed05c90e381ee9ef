package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import org.junit.jupiter.api.Test;

class RecentCensusTest {
  private final Membership.Census first = group -> 1;
  private final Membership.Census second = group -> 2;
  private final RecentCensus recent = new RecentCensus(() -> 0);

  @Test
  void countsOnceUntilSomebodyIsMoved() {
    assertThat(recent.get(() -> first)).isSameAs(first);
    assertThat(recent.get(() -> second)).isSameAs(first);
    recent.clear();
    assertThat(recent.get(() -> second)).isSameAs(second);
  }

  /** What was counted may be older than the move. */
  @Test
  void whatWasCountedDuringAMoveIsNotKept() {
    recent.get(
        () -> {
          recent.clear();
          return first;
        });
    assertThat(recent.get(() -> second)).isSameAs(second);
  }
}
