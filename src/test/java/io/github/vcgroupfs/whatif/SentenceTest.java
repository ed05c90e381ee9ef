package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.simulate.Sample;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static final long LIMIT = 262_144;

  private final Landmarks seen = new Landmarks();

  /** Adds a sample; what does not matter for the sentence is 0. */
  private void at(double ms, long usage, long limit, boolean pressure, long window) {
    add(ms, usage, limit, pressure, window, 0, 0);
  }

  private void add(
      double ms,
      long usage,
      long limit,
      boolean pressure,
      long window,
      long dropped,
      long refused) {
    long received = Math.round(ms * 1024);
    seen.add(
        new Sample(
            "s",
            ms,
            "g",
            usage,
            limit,
            usage,
            0,
            pressure,
            window,
            received,
            received,
            0,
            dropped,
            0,
            refused,
            false,
            new Sample.Machine(0, 0, 0, false)));
  }

  @Test
  void nothingHappens() {
    assertThat(Sentence.of(seen)).isEqualTo("Nothing happens.");
  }

  @Test
  void aLimitThatIsNeverReached() {
    at(0, 0, LIMIT, false, 10);
    at(1000, 4096, LIMIT, false, 20);
    assertThat(Sentence.of(seen))
        .isEqualTo(
            "The limit of 256 KiB is never reached: at most 4 KiB are in use;"
                + " readers get 1000 KiB/s.");
  }

  @Test
  void aLimitThatIsReached() {
    at(0, 0, LIMIT, false, 10);
    at(600, 4096, LIMIT, false, 50);
    at(1200, LIMIT, LIMIT, true, 40);
    add(2000, LIMIT, LIMIT, true, 50, 192, 3);
    assertThat(Sentence.of(seen))
        .isEqualTo(
            "The limit of 256 KiB is reached after 1.2 s; from then on windows stop growing;"
                + " 192 segments dropped and 3 sends refused; readers get 1000 KiB/s.");
  }

  @Test
  void windowsThatGoOnGrowingAreNotSaidToStop() {
    at(0, LIMIT, LIMIT, true, 10);
    add(2000, LIMIT, LIMIT, true, 11, 1, 1);
    assertThat(Sentence.of(seen))
        .isEqualTo(
            "The limit of 256 KiB is reached at once; 1 segment dropped and 1 send refused;"
                + " readers get 1000 KiB/s.");
  }

  @Test
  void aLimitThatIsRaised() {
    at(0, 0, LIMIT, false, 10);
    at(500, LIMIT, LIMIT, true, 5);
    at(1000, LIMIT, 4 * LIMIT, true, 5);
    at(1040, LIMIT, 4 * LIMIT, false, 50);
    at(2000, 2 * LIMIT, 4 * LIMIT, false, 60);
    assertThat(Sentence.of(seen))
        .contains("reached after 500 ms; from then on windows stop growing;")
        .contains("at 1 s the limit becomes 1 MiB, and pressure ends 40 ms later;");
  }

  @Test
  void withoutALimitNothingIsCounted() {
    at(0, 0, -1, false, 10);
    at(2000, 0, -1, true, 10);
    at(4000, 0, -1, true, 10);
    assertThat(Sentence.of(seen))
        .isEqualTo(
            "No limit is set, so nothing is counted;"
                + " from 2 s on the whole machine is short of memory; readers get 1000 KiB/s.");
  }
}
