package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many segments go at once. */
class BurstSizeTest {
  private static final int ETHERNET = 1448;
  private static final int LOOPBACK = 65_483;
  private static final long FAR = Long.MAX_VALUE;

  @Test
  void aMillisecondOfThePace() {
    assertThat(BurstSize.segments(10_000_000, FAR, ETHERNET)).isEqualTo(6); // 9,765 bytes
    assertThat(BurstSize.segments(100_000_000, FAR, ETHERNET)).isEqualTo(45); // all that fits
  }

  @Test
  void neverLessThanTwo() {
    assertThat(BurstSize.segments(1000, FAR, ETHERNET)).isEqualTo(2);
    assertThat(BurstSize.segments(Long.MAX_VALUE, 0, LOOPBACK)).isEqualTo(2);
  }

  @Test
  void theNearerTheReceiverTheMore() {
    assertThat(BurstSize.segments(1000, 100_000, ETHERNET)).isEqualTo(45);
    assertThat(BurstSize.segments(1000, 600_000, ETHERNET)).isEqualTo(22); // half
    assertThat(BurstSize.segments(1000, 20_000_000, ETHERNET)).isEqualTo(2);
  }

  @Test
  void belowAMegabitBbrSendsSingleSegments() {
    assertThat(BurstSize.goal(100_000, ETHERNET, 1)).isEqualTo(1);
    assertThat(BurstSize.goal(10_000_000, ETHERNET, 1)).isEqualTo(6);
  }
}
