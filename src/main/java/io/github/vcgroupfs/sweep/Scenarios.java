package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.simulate.JsonLines;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scenarios that lines stand for, one after the other. Not thread-safe. */
final class Scenarios {
  /** Of splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators). */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Whatever reads JSON has integers of so many bits. */
  private static final int SEED_BITS = 53;

  /** What is done to each grid first. */
  interface Change {
    Grid apply(Grid grid) throws ScenarioException;
  }

  private final BufferedReader lines;
  private final long seed;
  private final Change change;
  private int line;

  /** How many scenarios the lines before have. */
  private long before;

  private @Nullable Grid grid;
  private long nextInGrid;

  /**
   * All scenarios of lines.
   *
   * @param lines JSON objects; blank lines are passed over
   * @param seed what the seeds of scenarios are made of
   * @param change what is done to each grid first
   */
  Scenarios(BufferedReader lines, long seed, Change change) {
    this.lines = lines;
    this.seed = seed;
    this.change = change;
  }

  /**
   * One of them. Immutable.
   *
   * @param line the number of its line
   * @param fields those that {@code simulate} takes
   */
  record One(int line, Map<String, @Nullable Object> fields) {}

  /** The next one; null at the end. */
  @Nullable One next() throws IOException, ScenarioException {
    while (grid == null || nextInGrid == grid.size()) {
      String text = lines.readLine();
      if (text == null) {
        return null;
      }
      line++;
      before += grid == null ? 0 : grid.size();
      grid = text.isBlank() ? null : grid(text);
      nextInGrid = 0;
    }
    Map<String, @Nullable Object> fields = grid.scenario(nextInGrid);
    fields.putIfAbsent(Simulator.SEED, seedOf(seed, before + grid.firstAlike(nextInGrid)));
    nextInGrid++;
    return new One(line, fields);
  }

  /** How many come still. */
  long count() throws IOException, ScenarioException {
    long count = 0;
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      count += text.isBlank() ? 0 : grid(text).size();
    }
    return count;
  }

  private Grid grid(String text) throws IOException, ScenarioException {
    Map<String, Object> fields = JsonLines.parse(text, line);
    try {
      return change.apply(new GridReader().read(fields));
    } catch (ScenarioException wrong) {
      throw wrong.ofLine(line);
    }
  }

  /** A seed for each index, which has nothing to do with that of the next. */
  static long seedOf(long seed, long index) {
    long mixed = seed + (index + 1) * GOLDEN;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (mixed ^ (mixed >>> 31)) >>> (Long.SIZE - SEED_BITS);
  }
}
