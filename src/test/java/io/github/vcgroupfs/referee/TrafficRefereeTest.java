package io.github.vcgroupfs.referee;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the programs of a scenario do to TCP buffers is predicted as near to the kernel as the page
 * says, kind by kind. The page is made of the recordings, the predictions and the tolerances.
 */
class TrafficRefereeTest {
  private static final Path PAGE = Path.of("src/site/markdown/traffic-measured.md");

  /** What is above the tables, written by hand. */
  private static final Path ABOVE = Path.of("src/test/resources/referee/traffic-measured.md");

  private static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true -Dtest=TrafficRefereeTest test";

  /** Every new thing that a scenario can say is compared at least so often. */
  private static final int LEAST_SCENARIOS = 3;

  /**
   * How far a kind may lie outside of the kernel's range, per cent; and, with the kernel before its
   * name and a reason behind, a scenario that is farther off.
   */
  private static final Path TOLERANCES = Path.of("src/test/resources/referee/tolerances.tsv");

  private static final Map<String, String[]> ALLOWED = readTolerances();

  private static Map<String, String[]> readTolerances() {
    try {
      return Files.readAllLines(TOLERANCES).stream()
          .map(line -> line.split("\t", -1))
          .collect(toMap(line -> line[0], line -> line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Map<String, List<TrafficComparison.Result>> ALL = compareAll();

  private static Map<String, List<TrafficComparison.Result>> compareAll() {
    Map<String, List<TrafficComparison.Result>> all = new LinkedHashMap<>();
    for (String kernel : TrafficComparison.kernels()) {
      all.put(kernel, TrafficComparison.of(kernel));
    }
    return all;
  }

  @Test
  void everyKindIsAsNearAsThePageSays() {
    ALL.forEach(
        (kernel, results) ->
            assertThat(results)
                .allSatisfy(
                    each ->
                        assertThat(each.percentOutside())
                            .as(
                                "%s, %s: %s, per cent outside of the kernel's range",
                                kernel, each.name(), each.worst())
                            .isLessThanOrEqualTo(allowed(kernel, each))));
  }

  private static int allowed(String kernel, TrafficComparison.Result result) {
    String[] own = ALLOWED.get(kernel + " " + result.name());
    String[] line = own == null ? ALLOWED.get(result.kind()) : own;
    assertThat(line).as("a tolerance of kind %s in %s", result.kind(), TOLERANCES).isNotNull();
    return Integer.parseInt(line[1]);
  }

  @Test
  void whatIsFartherOffHasAReason() {
    assertThat(ALLOWED.values())
        .filteredOn(line -> line[0].contains(":"))
        .allSatisfy(line -> assertThat(line).hasSize(3));
  }

  @Test
  void everyKindIsComparedOften() {
    Map<String, List<TrafficComparison.Result>> kinds =
        ALL.values().stream().flatMap(List::stream).collect(groupingBy(each -> each.kind()));
    assertThat(kinds.values())
        .allSatisfy(each -> assertThat(each).hasSizeGreaterThanOrEqualTo(LEAST_SCENARIOS));
  }

  @Test
  void aFigureIsJudgedByItsDistanceFromTheRange() {
    assertThat(new TrafficComparison.Figure("sent", 100_000, 90_000, 110_000, 95_000, 100_000))
        .returns(0.0, TrafficComparison.Figure::percentOutside);
    assertThat(new TrafficComparison.Figure("sent", 100_000, 90_000, 110_000, 120_000, 100_000))
        .returns(10.0, TrafficComparison.Figure::percentOutside);
    assertThat(new TrafficComparison.Figure("usage", 0, 0, 0, 32_768, 0))
        .returns(50.0, TrafficComparison.Figure::percentOutside);
  }

  @Test
  void thePageSaysWhatWasMeasured() throws IOException {
    String page = page();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("make it with: %s", REGENERATE).exists();
    assertThat(Files.readString(PAGE)).as("make it anew with: %s", REGENERATE).isEqualTo(page);
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder(Files.readString(ABOVE));
    ALL.forEach(
        (kernel, results) -> {
          page.append("\n## ").append(kernel).append("\n\n");
          page.append(
              "| scenario | bytes | number | kernel | its range | model | off | allowed |\n");
          page.append("| --- | --: | --- | --: | --: | --: | --: | --: |\n");
          results.forEach(each -> page.append(row(kernel, each)));
        });
    page.append("\n## What is farther off than its kind\n\n| where | allowed | why |\n");
    page.append("| --- | --: | --- |\n");
    new TreeMap<>(ALLOWED)
        .forEach(
            (where, line) -> {
              if (line.length > 2) {
                page.append("| %s | %s %% | %s |%n".formatted(where, line[1], line[2]));
              }
            });
    return page.toString();
  }

  private static String row(String kernel, TrafficComparison.Result result) {
    TrafficComparison.Figure worst = result.worst();
    return String.format(
        Locale.ROOT,
        "| %s | %.1f %% | %s | %d | %d to %d | %d | %.1f %% | %d %% |%n",
        result.name(),
        result.percentOfBytes(),
        worst.field(),
        worst.measured(),
        worst.low(),
        worst.high(),
        worst.predicted(),
        worst.percentOutside(),
        allowed(kernel, result));
  }
}
