package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of time, not more than a figure has pixels beside each other. When time goes on beyond
 * the last one, two columns become one. So what is kept does not grow with the time. Not
 * thread-safe.
 */
final class TimeGrid {
  /** An even number, the width of the panels in pixels. */
  static final int COLUMNS = 560;

  /** At most so many pieces of time have a rate of their own. */
  private static final int PIECES = 112;

  private final List<Track> tracks = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private final int pieceColumns;
  private double columnMs;
  private double endMs;

  /**
   * A grid.
   *
   * @param expectedMs how long it will probably take; if that is right a column is about a pixel
   */
  TimeGrid(double expectedMs) {
    double pieceMs = Scale.decimalStep(Math.max(expectedMs, 1) / PIECES);
    int pieces = (int) Math.ceil(expectedMs / pieceMs - 1e-6);
    this.pieceColumns = COLUMNS / Math.max(pieces, 1);
    this.columnMs = pieceMs / pieceColumns;
  }

  /**
   * How many columns are one piece of time: wide enough for rates. It begins and ends at round
   * times, as steps of scenarios do.
   */
  int pieceColumns() {
    return pieceColumns;
  }

  Track track() {
    Track made = new Track(this);
    tracks.add(made);
    return made;
  }

  Tally tally() {
    Tally made = new Tally(this);
    tallies.add(made);
    return made;
  }

  /** The column of a time. */
  int columnOf(double ms) {
    return (int) Math.min(COLUMNS - 1, ms / columnMs);
  }

  double columnMs() {
    return columnMs;
  }

  /** Time goes on. */
  void reach(double ms) {
    endMs = Math.max(endMs, ms);
    while (endMs > columnMs * COLUMNS * 1.000_001) {
      tracks.forEach(Track::halve);
      tallies.forEach(Tally::halve);
      columnMs *= 2;
    }
  }

  /** Everything stays as it is until the last time that was reached. */
  void finish() {
    tracks.forEach(track -> track.hold(endMs));
    tallies.forEach(tally -> tally.hold(endMs));
  }

  double endMs() {
    return endMs;
  }

  /** How many columns are in use. */
  int used() {
    return (int) Math.min(COLUMNS, Math.ceil(endMs / columnMs - 1e-6));
  }
}
