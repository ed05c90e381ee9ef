package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of time, not more than a figure has pixels beside each other. When time goes on beyond
 * the last one, two columns become one. So what is kept does not grow with the time. Not
 * thread-safe.
 */
final class TimeGrid {
  /** At most so many pieces of time have a rate of their own. */
  private static final int PIECES = 112;

  private final List<Track> tracks = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private final int pieceColumns;
  private final Columns columns;
  private double endMs;

  /**
   * A grid.
   *
   * @param expectedMs how long it will probably take; if that is right a column is about a pixel
   */
  TimeGrid(double expectedMs) {
    double pieceMs = Scale.decimalStep(Math.max(expectedMs, 1) / PIECES);
    int pieces = (int) Math.ceil(expectedMs / pieceMs - 1e-6);
    this.pieceColumns = Columns.MOST / Math.max(pieces, 1);
    this.columns = new Columns(pieceMs / pieceColumns);
  }

  /**
   * How many columns are one piece of time: wide enough for rates. It begins and ends at round
   * times, as steps of scenarios do.
   */
  int pieceColumns() {
    return pieceColumns;
  }

  Track track() {
    Track made = new Track(columns);
    tracks.add(made);
    return made;
  }

  Tally tally() {
    Tally made = new Tally(columns);
    tallies.add(made);
    return made;
  }

  /** The column of a time. */
  int columnOf(double ms) {
    return columns.columnOf(ms);
  }

  double columnMs() {
    return columns.columnMs();
  }

  /** Time goes on. */
  void reach(double ms) {
    endMs = Math.max(endMs, ms);
    while (endMs > columnMs() * Columns.MOST * 1.000_001) {
      tracks.forEach(Track::halve);
      tallies.forEach(Tally::halve);
      columns.halve();
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
    return (int) Math.min(Columns.MOST, Math.ceil(endMs / columnMs() - 1e-6));
  }
}
