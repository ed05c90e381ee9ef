package io.github.vcgroupfs.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs what: the answers are those of {@code simulate}, in the order of the scenarios. */
class SweepTest {
  private static final String LINES =
      """
      {"kind":"stream","limit":["64K","256K",-1],"connections":[1,4],"chunk":4096,"seconds":0.05}

      {"kind":"free","seconds":0.2,"groups":["g"],"vary":{"r":["1M","4M"]},"steps":[{"limit":65536},\
      {"flows":"add f connections=2 read=${r} rtt=20ms"}]}
      """;

  private final Question nothing = Question.of(List.of(), null, null, List.of());

  SweepTest() throws ScenarioException {}

  private static BufferedReader lines(String text) {
    return new BufferedReader(new StringReader(text));
  }

  private Sweep sweep(int jobs, Question question) {
    return new Sweep(Profiles.byId("linux-6.18").orElseThrow(), 7, jobs, question);
  }

  private String run(int jobs) throws Exception {
    StringBuilder out = new StringBuilder();
    sweep(jobs, nothing).run(lines(LINES), (fields, text) -> out.append(text).append('\n'));
    return out.toString();
  }

  private String expand(Question question) throws Exception {
    StringBuilder out = new StringBuilder();
    sweep(1, question).expand(lines(LINES), (fields, text) -> out.append(text).append('\n'));
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void theAnswersAreTheSameHoweverManyRunAtOnce(int jobs) throws Exception {
    String one = run(1);
    assertThat(one.lines()).hasSize(8).allMatch(line -> line.contains("\"sent\":"));
    assertThat(run(jobs)).isEqualTo(one);
  }

  @Test
  void theAnswersAreThoseOfSimulate() throws Exception {
    StringWriter simulated = new StringWriter();
    new Simulator(Profiles.byId("linux-6.18").orElseThrow(), 99, List.of())
        .run(lines(expand(nothing)), new PrintWriter(simulated));
    assertThat(simulated).hasToString(run(3));
  }

  @Test
  void eachScenarioHasASeedOfItsOwnButForOneThatIsGiven() throws Exception {
    Set<Object> seeds = new HashSet<>();
    sweep(1, nothing).expand(lines(LINES), (fields, text) -> seeds.add(fields.get("seed")));
    assertThat(seeds).hasSize(8);
    seeds.clear();
    sweep(1, nothing)
        .expand(
            lines(LINES.replace("{\"kind\"", "{\"seed\":5,\"kind\"")),
            (fields, text) -> seeds.add(fields.get("seed")));
    assertThat(seeds).containsExactly(5);
    assertThat(Scenarios.seedOf(0, 0)).isNotEqualTo(Scenarios.seedOf(1, 0));
  }

  @Test
  void aGoalAsksForScenariosWithoutALimit() throws Exception {
    Question goal = Question.of(List.of("throughput>=95%"), null, null, List.of());
    String first = LINES.lines().findFirst().orElseThrow();
    List<Object> limits = new ArrayList<>();
    sweep(1, goal)
        .expand(
            lines(first.replace(",-1]", "]")), (fields, text) -> limits.add(fields.get("limit")));
    assertThat(limits).hasToString("[65536, 65536, 262144, 262144, -1, -1]");
    assertThatThrownBy(() -> expand(goal))
        .hasMessage(
            "line 3: which limit is needed? What varies is r; name one of them with --limit, or let"
                + " \"limit\" have several values");
  }

  /** Else chance would decide which limit is enough. */
  @Test
  void scenariosThatDifferInTheLimitAloneHaveTheSameSeed() throws Exception {
    Question goal = Question.of(List.of("throughput>=95%"), null, null, List.of());
    String first = LINES.lines().findFirst().orElseThrow();
    Map<Object, Set<Object>> seeds = new HashMap<>();
    sweep(1, goal)
        .expand(
            lines(first + "\n" + first),
            (fields, text) ->
                seeds
                    .computeIfAbsent(fields.get("connections"), any -> new HashSet<>())
                    .add(fields.get("seed")));
    assertThat(seeds.get(1)).hasSize(2).doesNotContainAnyElementsOf(seeds.get(4));
  }

  @Test
  void allScenariosAreCounted() throws Exception {
    assertThat(sweep(1, nothing).count(lines(LINES))).isEqualTo(8);
  }

  @Test
  void aWrongLineDoesNotTakeAwayTheAnswersBeforeIt() {
    List<String> answers = new ArrayList<>();
    assertThatThrownBy(
            () ->
                sweep(2, nothing)
                    .run(lines(LINES + "{\"limit\":[]}\n"), (fields, text) -> answers.add(text)))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("line 4: \"limit\": is an empty list; write at least one value");
    assertThat(answers).hasSize(8);
  }

  @Test
  void aScenarioThatCannotBeRunIsNamed() {
    List<String> answers = new ArrayList<>();
    assertThatThrownBy(
            () ->
                sweep(2, nothing)
                    .run(
                        lines(LINES.replace("[1,4]", "[1,0]")),
                        (fields, text) -> answers.add(text)))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "line 1: at {limit=64K, connections=0}: \"connections\": is 0; write an integer from 1"
                + " to 1000000");
    assertThat(answers).hasSize(1);
  }

  @Test
  void answersCanBeReadAgain() throws Exception {
    String answered = run(1);
    StringBuilder out = new StringBuilder();
    sweep(1, nothing).reread(lines(answered), (fields, text) -> out.append(text).append('\n'));
    assertThat(out).hasToString(answered);
    assertThatThrownBy(() -> sweep(1, nothing).reread(lines(LINES), (fields, text) -> {}))
        .hasMessageStartingWith("line 1: has no answer; ");
  }
}
