package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of curves does not grow with time, and loses no peak. */
class TimeGridTest {
  @ParameterizedTest
  @ValueSource(doubles = {1_000, 10, 60_000})
  void aPeakOfOneMomentStays(double expectedMs) {
    TimeGrid grid = new TimeGrid(expectedMs);
    Track track = grid.track();
    for (int ms = 0; ms <= 20_000; ms++) {
      grid.reach(ms);
      track.set(ms, ms == 7_777 ? 900 : 5);
    }
    grid.finish();
    int column = grid.columnOf(7_777);
    assertThat(track.most(column)).isEqualTo(900);
    assertThat(track.least(column)).isEqualTo(5);
    assertThat(track.mean(column)).isBetween(5.0, 905.0);
    assertThat(track.highest()).isEqualTo(900);
    assertThat(track.total()).isEqualTo(19_999 * 5.0 + 900, within(1e-3));
    assertThat(grid.used()).isLessThanOrEqualTo(TimeGrid.COLUMNS);
    assertThat(grid.used() * grid.columnMs()).isGreaterThanOrEqualTo(20_000 - 1e-6);
  }

  @Test
  void aValueHoldsUntilTheNext() {
    TimeGrid grid = new TimeGrid(1000);
    Track track = grid.track();
    grid.reach(1000);
    track.set(0, 10);
    track.set(500, 30);
    grid.finish();
    for (int column = 0; column < grid.used(); column++) {
      assertThat(track.mean(column))
          .isEqualTo((column + 0.5) * grid.columnMs() < 500 ? 10 : 30, within(1e-9));
    }
  }

  @Test
  void aCountIsWhatItWasAtTheEndOfEachColumn() {
    TimeGrid grid = new TimeGrid(10);
    Tally tally = grid.tally();
    for (int ms = 0; ms <= 10_000; ms += 10) {
      grid.reach(ms);
      tally.set(ms, ms);
    }
    grid.finish();
    for (int column = 0; column < grid.used(); column++) {
      double end = Math.min(10_000, (column + 1) * grid.columnMs());
      assertThat(tally.at(column)).isEqualTo(end, within(10.0));
    }
    assertThat(tally.last()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 50, 1_000, 2_050, 6_000, 10_000, 12_000, 600_000})
  void piecesOfTimeBeginWhereStepsOfScenariosDo(double expectedMs) {
    TimeGrid grid = new TimeGrid(expectedMs);
    double pieceMs = grid.pieceColumns() * grid.columnMs();
    String digits = "%.0e".formatted(pieceMs);
    assertThat(digits).matches("[125]e.*");
    assertThat(expectedMs / pieceMs).isBetween(20.0, 112.0);
  }

  /** A curve that goes up at the same pace has that rate everywhere, at its end, too. */
  @ParameterizedTest
  @ValueSource(doubles = {1_000, 1_004, 1_234})
  void aRateIsThatOfThePiece(double endMs) {
    TimeGrid grid = new TimeGrid(1_000);
    Tally tally = grid.tally();
    for (double ms = 0; ms <= endMs; ms += 0.5) {
      grid.reach(ms);
      tally.set(ms, ms * 3);
    }
    grid.finish();
    Rates rates = new Rates(tally, grid);
    assertThat(rates.highest()).isEqualTo(3_000, within(450.0));
    assertThat(rates.last()).isEqualTo(3_000, within(450.0));
  }
}
