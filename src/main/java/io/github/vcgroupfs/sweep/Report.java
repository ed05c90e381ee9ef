package io.github.vcgroupfs.sweep;

import io.github.vcgroupfs.plot.PlotException;
import io.github.vcgroupfs.plot.PlotFormat;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps answers, and makes tables and pictures of them. Not thread-safe. */
public final class Report implements Sweep.Sink {
  private final Question question;
  private final List<Row> rows = new ArrayList<>();

  /** A report without answers yet. */
  public Report(Question question) {
    this.question = question;
  }

  @Override
  public void accept(Map<String, @Nullable Object> fields, String text) {
    rows.add(new Row(fields));
  }

  /** Writes all numbers as CSV. */
  public void writeCsv(Path file) throws IOException {
    CsvTable.write(file, rows);
  }

  /**
   * Draws the heat map.
   *
   * @param profile the kernel that was simulated
   */
  public void writeHeatMap(Path file, PlotFormat format, String profile)
      throws IOException, ScenarioException, PlotException {
    HeatMaps.of(question, profile, rows).write(file, format);
  }

  /** The table of the least limits that meet the goals. */
  public String limits() throws ScenarioException {
    if (rows.isEmpty()) {
      return "";
    }
    Combinations combinations = Combinations.of(question.limitOf(rows.get(0)), rows);
    return LimitTable.text(combinations, question.goals());
  }
}
