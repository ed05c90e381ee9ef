package io.github.vcgroupfs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A call that does not come back is told of, once. */
class WatchdogTest {
  private static final long SECOND_NS = 1_000_000_000;

  private final Watchdog watchdog = new Watchdog(10);
  private final Watchdog.Seat seat = watchdog.seat();

  @Test
  void aCallThatTakesTooLongIsReportedOnce() {
    seat.begins("read(7)", 0);
    assertThat(watchdog.look(10 * SECOND_NS)).isEmpty();
    assertThat(watchdog.look(11 * SECOND_NS)).containsExactly("read(7) has not come back for 11 s");
    assertThat(watchdog.look(12 * SECOND_NS)).isEmpty();
  }

  @Test
  void aCallThatCameBackIsNot() {
    seat.begins("read(7)", 0);
    seat.ends();
    assertThat(watchdog.look(100 * SECOND_NS)).isEmpty();
  }

  @Test
  void theNextCallThatHangsIsReportedToo() {
    seat.begins("read(7)", 0);
    assertThat(watchdog.look(11 * SECOND_NS)).hasSize(1);
    seat.ends();
    seat.begins("read(8)", 20 * SECOND_NS);
    assertThat(watchdog.look(31 * SECOND_NS)).singleElement().asString().contains("read(8)");
  }

  @Test
  void aCallThatIsOutForSeveralTimesTheLimitIsHopeless() {
    seat.begins("read(7)", 0);
    assertThat(watchdog.isHopeless(39 * SECOND_NS, 4)).isFalse();
    assertThat(watchdog.isHopeless(41 * SECOND_NS, 4)).isTrue();
  }
}
