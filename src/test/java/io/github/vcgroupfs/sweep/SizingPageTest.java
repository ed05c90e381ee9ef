package io.github.vcgroupfs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.plot.PlotFormat;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables and the heat map on the page about sizing are what its examples give. */
class SizingPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/sizing.md");
  private static final Path EXAMPLES = Path.of("src/site/resources/examples");
  private static final List<String> GOALS = List.of("throughput>=95%", "dropped<=0.1%");

  private static final Pattern SWEEP =
      Pattern.compile("<!-- sweep (\\S+) (\\S+) -->\n(.*?)<!-- /sweep -->", Pattern.DOTALL);
  private static final Pattern HEAT_MAP =
      Pattern.compile("<!-- heat-map (\\S+) (\\S+) -->\n!\\[[^\\]]{40,}\\]\\((\\S+)\\)");

  private final Map<String, List<Row>> known = new HashMap<>();

  private static Question question() throws Exception {
    return Question.of(GOALS, null, null, List.of());
  }

  private List<Row> rows(String profile, String example) throws Exception {
    List<Row> rows = known.get(profile + example);
    if (rows == null) {
      List<Row> fresh = new ArrayList<>();
      try (BufferedReader lines = Files.newBufferedReader(EXAMPLES.resolve(example + ".jsonl"))) {
        new Sweep(Profiles.byId(profile).orElseThrow(), 0, 2, question())
            .run(lines, (fields, text) -> fresh.add(new Row(fields)));
      }
      known.put(profile + example, fresh);
      rows = fresh;
    }
    return rows;
  }

  @Test
  void theTablesAreWhatTheExamplesGive(@TempDir Path folder) throws Exception {
    String text = Files.readString(PAGE);
    List<MatchResult> sweeps = SWEEP.matcher(text).results().toList();
    assertThat(sweeps).hasSizeGreaterThan(4);
    StringBuilder page = new StringBuilder();
    int at = 0;
    for (MatchResult sweep : sweeps) {
      page.append(text, at, sweep.start(3)).append('\n');
      page.append(table(rows(sweep.group(1), sweep.group(2)))).append('\n');
      at = sweep.end(3);
    }
    page.append(text.substring(at));
    boolean anew = Boolean.getBoolean("vcgroupfs.regenerate");
    if (anew) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());

    List<MatchResult> maps = HEAT_MAP.matcher(text).results().toList();
    assertThat(maps).isNotEmpty();
    for (MatchResult map : maps) {
      Path fresh = folder.resolve("fresh.svg");
      Report report = new Report(question());
      rows(map.group(1), map.group(2)).forEach(row -> report.accept(row.fields(), ""));
      report.writeHeatMap(fresh, PlotFormat.SVG, map.group(1));
      Path kept = PAGE.resolveSibling(map.group(3)).normalize();
      if (anew) {
        Files.write(kept, Files.readAllBytes(fresh));
      }
      assertThat(kept).hasSameTextualContentAs(fresh);
    }
  }

  private static String table(List<Row> rows) throws Exception {
    Combinations combinations = Combinations.of("limit", rows);
    List<Goal> goals = question().goals();
    StringBuilder table = new StringBuilder();
    for (LimitTable.Line line : LimitTable.lines(combinations, goals)) {
      List<String> cells = LimitTable.cells(line, goals);
      if (table.isEmpty()) {
        List<String> header = new ArrayList<>(line.point().keySet());
        header.addAll(List.of("least limit", "throughput", "dropped"));
        table.append("| ").append(String.join(" | ", header)).append(" |\n|");
        table.append(" --: |".repeat(header.size())).append('\n');
      }
      table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return table.toString();
  }
}
