package io.github.vcgroupfs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.plot.PlotFormat;
import io.github.vcgroupfs.simulate.JsonLines;
import io.github.vcgroupfs.simulate.ScenarioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of answers: goals, tables, CSV, heat maps. The answers are made up. */
class ReportTest {
  @TempDir private Path folder;

  /** Two seconds, two groups; throughput, drops and pressure grow with what is given. */
  private static String answer(Object limit, int connections, int received, int dropped) {
    return """
        {"name":"n","kind":"free","seconds":2,"point":{"limit":%s,"connections":%d},"outcome":{\
        "web":{"sent":%d,"received":%d,"usage":5,"dropped":%d,"segments":2000,"pressure_ms":1500},\
        "web/a":{"sent":0,"received":100,"usage":3,"dropped":0,"segments":0,"pressure_ms":0}},\
        "machine":{"sockets":4}}"""
        .formatted(
            limit instanceof String ? "\"" + limit + "\"" : limit,
            connections,
            received + 10,
            received,
            dropped);
  }

  private static final List<String> ANSWERS =
      List.of(
          answer("64K", 1, 500, 40),
          answer("64K", 8, 100, 90),
          answer("128K", 1, 960, 1),
          answer("128K", 8, 200, 90),
          answer("1M", 1, 1000, 0),
          answer("1M", 8, 800, 9),
          answer(-1, 1, 1000, 0),
          answer(-1, 8, 1900, 0));

  private static Report report(List<String> goals, String field) throws Exception {
    Report report = new Report(Question.of(goals, null, field, List.of()));
    for (String each : ANSWERS) {
      report.accept(JsonLines.parse(each, 1), each);
    }
    return report;
  }

  private static Row row(int index) throws Exception {
    return new Row(JsonLines.parse(ANSWERS.get(index), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "throughput, 530",
    "web.throughput, 480",
    "web/a.throughput, 50",
    "received, 1060",
    "usage, 5",
    "pressure_ms, 1.5",
    "dropped, 1",
    "dropped%, 0.05",
    "machine.sockets, 4"
  })
  void aMeasureIsThisNumber(String measure, double number) throws Exception {
    assertThat(Measure.of(measure).of(row(2))).isEqualTo(number);
  }

  @Test
  void aShareIsOfWhatThereIsWithoutALimit() throws Exception {
    assertThat(Measure.of("web.received%").of(row(2), row(6))).isEqualTo(96);
    assertThat(Measure.of("dropped%").of(row(2), row(6))).isEqualTo(0.05);
    assertThatThrownBy(() -> Measure.of("web/a.usage%").of(row(2), new Row(Map.of())))
        .isInstanceOf(ScenarioException.class);
    assertThatThrownBy(() -> Measure.of("web/a.sent%").of(row(2), row(6)))
        .hasMessageStartingWith("web/a.sent%: it is 0 without a limit");
    assertThatThrownBy(() -> Measure.of("nope").of(row(2)))
        .hasMessageStartingWith("there is no number \"nope\" in the answer; it has ")
        .hasMessageContaining("web.received, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throughput>=96% | true",
        "throughput>=96.5% | false",
        "throughput >= 530 | true",
        "throughput>=1K/s | false",
        "dropped<=0.05% | true",
        "dropped<=0.04% | false",
        "dropped<=1 | true",
        "usage<=1K | true",
        "pressure_ms<=1500ms | true",
        "pressure_ms<=1.4s | false",
        "pressure_ms<=1500 | true",
      })
  void aGoalIsMetOrNot(String goal, boolean met) throws Exception {
    assertThat(Goal.areMet(Goal.of(goal), row(2), row(6))).isEqualTo(met);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throughput | \"throughput\" is no goal",
        "throughput>95% | \"throughput>95%\" is no goal",
        "throughput>=x | \"throughput>=x\" has no number at its end",
        "throughput>=5ms | \"throughput>=5ms\" compares different things",
        "usage<=5% , | \"\" is no goal",
      })
  void aWrongGoalIsSaid(String goal, String message) {
    assertThatThrownBy(() -> Goal.of(goal))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(message + ": write it as throughput>=95%, dropped<=0.1% or max_usage<=2M");
  }

  @Test
  void theTableHasTheLeastLimitOfEachCombination() throws Exception {
    assertThat(report(List.of("web.throughput>=95%", "dropped<=0.1%"), null).limits())
        .isEqualTo(
            """
            connections     limit  web.throughput%  dropped%
                      1      128K             96 %    0.05 %
                      8  above 1M           42.1 %    0.45 %
            """);
    assertThat(report(List.of("throughput>=2M"), null).limits()).contains("none does");
    assertThat(report(List.of("received>=1"), null).limits()).contains("  1    64K  ");
  }

  /** Else a lucky run under a small limit would be the answer. */
  @Test
  void allLargerLimitsMeetTheGoalToo() throws Exception {
    Report report = new Report(Question.of(List.of("received>=500"), null, null, List.of()));
    for (String each :
        List.of(answer("1K", 1, 900, 0), answer("2K", 1, 9, 0), answer("4K", 1, 900, 0))) {
      report.accept(JsonLines.parse(each, 1), each);
    }
    String unlimited = answer(-1, 1, 1000, 0);
    report.accept(JsonLines.parse(unlimited, 1), unlimited);
    assertThat(report.limits()).contains("  1     4K  ");
  }

  @Test
  void withoutAnAnswerWithoutALimitNothingIsCompared() throws Exception {
    Report report = new Report(Question.of(List.of("received>=1%"), null, null, List.of()));
    report.accept(JsonLines.parse(ANSWERS.get(0), 1), "");
    assertThatThrownBy(report::limits)
        .hasMessage(
            "{connections=1}: there is no answer without a limit to compare with; let limit be -1,"
                + " too");
  }

  @Test
  void csvHasAColumnForEachNumber() throws Exception {
    Path file = folder.resolve("a.csv");
    report(List.of(), null).writeCsv(file);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(9);
    assertThat(lines.get(0))
        .startsWith("name,kind,seconds,limit,connections,web.sent,web.received,")
        .endsWith(",web/a.pressure_ms,machine.sockets");
    assertThat(lines.get(1)).startsWith("n,free,2,65536,1,510,500,5,40,2000,1500,0,100,");
  }

  @Test
  void aHeatMapHasACellForEachLimitedAnswer() throws Exception {
    Path file = folder.resolve("a.svg");
    report(List.of("web.throughput>=95%"), null).writeHeatMap(file, PlotFormat.SVG, "linux-6.18");
    String svg = Files.readString(file);
    assertThat(svg.split("class=\"cell\"", -1)).hasSize(6 + 1);
    assertThat(svg)
        .contains("data-met=\"true\" data-value=\"96\" data-x=\"128K\" data-y=\"1\"")
        .contains("data-met=\"false\" data-value=\"42.1\" data-x=\"1M\" data-y=\"8\"")
        .contains("data-x-scale=\"log\"")
        .contains(">web.throughput% over limit and connections<")
        .contains(">simulated kernel linux-6.18, n<");
  }

  @Test
  void aHeatMapNeedsTwoAxes() throws Exception {
    Report report = new Report(Question.of(List.of(), null, null, List.of("limit", "size")));
    report.accept(JsonLines.parse(ANSWERS.get(0), 1), "");
    report.accept(JsonLines.parse(ANSWERS.get(1), 1), "");
    assertThatThrownBy(() -> report.writeHeatMap(folder.resolve("a"), PlotFormat.SVG, "p"))
        .hasMessage("a heat map has two axes; what varies: connections");
  }
}
