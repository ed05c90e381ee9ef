package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often one looks. */
class PaceTest {
  private final Pace pace = new Pace(Duration.ofMillis(200));

  private long afterMs(long... tookMs) {
    for (long ms : tookMs) {
      pace.took(Duration.ofMillis(ms).toNanos());
    }
    return Duration.ofNanos(pace.intervalNs()).toMillis();
  }

  @Test
  void asOftenAsIsWanted() {
    assertThat(afterMs()).isEqualTo(200);
    assertThat(afterMs(1, 2, 10)).isEqualTo(200);
  }

  @Test
  void lookingTakesATwentiethOfTheTimeAtMost() {
    assertThat(afterMs(50, 60, 55, 70)).isEqualTo(1000);
    assertThat(afterMs(80, 90, 81, 85)).isEqualTo(1600);
  }

  @Test
  void aFirstLookThatLoadsClassesDoesNotCount() {
    assertThat(afterMs(400)).isEqualTo(200);
    assertThat(afterMs(5)).isEqualTo(200);
  }

  @Test
  void anExceptionDoesNotCount() {
    assertThat(afterMs(5, 6, 900, 700)).isEqualTo(200);
  }
}
