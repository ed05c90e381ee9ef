package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Free-form scenarios and their traces. */
class FreeScenarioTest {
  private static final Path ARTICLE = Path.of("src/site/resources/examples/article.jsonl");

  private static String run(String profile, String lines, SampleSink... sinks) throws Exception {
    StringWriter out = new StringWriter();
    new Simulator(Profiles.byId(profile).orElseThrow(), 1, List.of(sinks))
        .run(new BufferedReader(new StringReader(lines)), new PrintWriter(out));
    return out.toString();
  }

  private static long number(Object object, String... path) {
    Object at = object;
    for (String key : path) {
      at = ((Map<?, ?>) at).get(key);
    }
    return ((Number) at).longValue();
  }

  /** The article: a group hits its limit, its neighbour does not notice, the limit is raised. */
  @ParameterizedTest
  @ValueSource(strings = {"lwn-2011", "linux-3.10", "linux-4.19", "linux-5.15", "linux-6.18"})
  void theStoryOfTheArticle(String profile) throws Exception {
    String whole = Files.readString(ARTICLE);
    Map<String, Object> healed = JSON.std.mapFrom(run(profile, whole));
    Map<String, Object> limited =
        JSON.std.mapFrom(run(profile, whole.replace("\"seconds\":12", "\"seconds\":6")));
    assertThat(number(limited, "outcome", "web", "usage")).isLessThan(1 << 20);
    assertThat(number(limited, "outcome", "web", "pressure_ms")).isGreaterThan(4_000);
    assertThat(number(limited, "outcome", "web", "rcvq_dropped")).isPositive();
    assertThat(number(healed, "outcome", "web", "pressure")).isZero();
    assertThat(number(healed, "outcome", "web", "usage")).isGreaterThan(4 << 20);
    for (Map<String, Object> answer : List.of(limited, healed)) {
      long seconds = number(answer, "seconds");
      assertThat(number(answer, "outcome", "db", "received"))
          .as("four senders of 500K/s")
          .isBetween(4 * 500L * 1024 * seconds - 65_536, 4 * 500L * 1024 * seconds + 65_536);
      assertThat(number(answer, "outcome", "db", "pressure_ms")).isZero();
    }
  }

  @Test
  void aRefusalIsPartOfTheAnswer() throws Exception {
    String scenario =
        "{\"kind\":\"free\",\"seconds\":2,\"groups\":[\"a\"],\"steps\":[{\"limit\":1048576},"
            + "{\"flows\":\"add f send=max read=0\"},{\"at_ms\":1000,\"limit\":4096},"
            + "{\"at_ms\":1500,\"flows\":\"remove g\"}]}";
    Map<String, Object> answer = JSON.std.mapFrom(run("linux-6.18", scenario));
    assertThat(answer.get("refused").toString())
        .contains("errno=EBUSY", "above the new limit of 4096", "errno=ENOENT", "no flow g");
  }

  /** All connections of a command can be opened, or none is: linux-3.10, {@code tcp_connect}. */
  @Test
  void aFlowWhoseConnectionsCannotBeOpenedIsNotAdded() throws Exception {
    String scenario =
        "{\"kind\":\"free\",\"seconds\":1,\"groups\":[\"a\"],\"steps\":[{\"limit\":65536},"
            + "{\"flows\":\"add f connections=8\"},{\"flows\":\"add g connections=32\"}]}";
    Map<String, Object> answer = JSON.std.mapFrom(run("linux-3.10", scenario));
    assertThat(answer.get("refused").toString()).contains("errno=ENOBUFS", " of 32", "SYN");
    assertThat(number(answer, "machine", "sockets")).isEqualTo(16);
  }

  @Test
  void childrenOfAHierarchicalGroupShareItsLimit() throws Exception {
    String scenario =
        "{\"kind\":\"free\",\"seconds\":3,\"groups\":[\"p\",\"p/a\",\"p/b\"],\"steps\":["
            + "{\"group\":\"p\",\"use_hierarchy\":1},{\"group\":\"p\",\"limit\":262144},"
            + "{\"group\":\"p/a\",\"flows\":\"add f connections=8 send=max read=0\"},"
            + "{\"group\":\"p/b\",\"flows\":\"add f connections=8 send=max read=0\"}]}";
    Map<String, Object> answer = JSON.std.mapFrom(run("lwn-2011", scenario));
    long all = number(answer, "outcome", "p", "usage");
    assertThat(all)
        .isEqualTo(
            number(answer, "outcome", "p/a", "usage") + number(answer, "outcome", "p/b", "usage"));
    assertThat(number(answer, "outcome", "p", "failcnt")).isPositive();
    assertThat(answer.get("refused")).asString().isEqualTo("[]");
  }

  @Test
  void theTraceIsATimeSeries(@TempDir Path folder) throws Exception {
    Path csv = folder.resolve("t.csv");
    String scenario = Files.readString(ARTICLE).replaceFirst("\"article[^\"]*\"", "\"a,b\"");
    try (SampleSink trace = CsvTrace.open(csv)) {
      run("lwn-2011", scenario, trace);
    }
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).startsWith("scenario,ms,group,usage,limit,");
    assertThat(lines).hasSizeBetween(200, 10_000);
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("\"a,b\",[0-9]+\\.[0-9]{3},(web|db)(,-?[0-9]+){11}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"free\",\"steps\":[]} | \"groups\": is missing",
        "{\"kind\":\"free\",\"groups\":[],\"steps\":[]} | at least one name",
        "{\"kind\":\"free\",\"groups\":[\"a/b\"],\"steps\":[]} | a parent before its children",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[1]} | step 1: is 1",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{}]} | step 1: does nothing",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"group\":\"b\",\"limit\":1}]} | one of a",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"limit\":-2}]} | an integer from -1",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"limit\":1,\"flows\":\"x\"}]} | one thing a step",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"limit\":1,\"when\":1}]} | \"when\": is not known",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"tcp_mem\":[3,2,1]}]} | three ascending",
        "{\"kind\":\"free\",\"groups\":[\"a\"],\"steps\":[{\"at_ms\":99999,\"limit\":1}]} | a number from 0"
      })
  void saysWhatIsWrongBeforeAnythingRuns(String line, String message) {
    assertThatThrownBy(() -> run("linux-6.18", line))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("line 1: ")
        .hasMessageContaining(message);
  }
}
