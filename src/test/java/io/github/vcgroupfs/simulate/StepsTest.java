package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in each kind of scenario, and limits at two levels. */
class StepsTest {
  private static Map<String, Object> run(String profile, String line) throws Exception {
    StringWriter out = new StringWriter();
    new Simulator(Profiles.byId(profile).orElseThrow(), 1, List.of())
        .run(new BufferedReader(new StringReader(line)), new PrintWriter(out));
    return JSON.std.mapFrom(out.toString());
  }

  private static String scenario(String kind, String more) {
    return "{\"name\":\"x\",\"kind\":\"%s\",\"limit\":262144,\"connections\":4,\"chunk\":16384%s}"
        .formatted(kind, more);
  }

  private static long number(Object object, String... path) {
    Object at = object;
    for (String key : path) {
      at = ((Map<?, ?>) at).get(key);
    }
    return ((Number) at).longValue();
  }

  /** A 6.18 kernel did exactly that; what was dropped is sent again only after the first second. */
  @ParameterizedTest
  @CsvSource({"1, 348160, 376832", "3, 4104192, 4177920"})
  void aLimitThatIsRaisedLetsAFillGoOn(int seconds, long sent, long usage) throws Exception {
    String raised = ",\"seconds\":" + seconds + ",\"steps\":[{\"at_ms\":500,\"limit\":4194304}]";
    Map<String, Object> answer = run("linux-6.18", scenario("fill", raised));
    assertThat(number(answer, "sent")).isEqualTo(sent);
    assertThat(number(answer, "usage")).isEqualTo(usage);
    assertThat(answer.get("refused")).isEqualTo(List.of());
    assertThat(run("linux-6.18", scenario("fill", ""))).doesNotContainKey("refused");
  }

  @Test
  void aDrainHasStepsWhileItIsReadToo() throws Exception {
    Map<String, Object> answer =
        run(
            "linux-6.18",
            scenario("drain", ",\"steps\":[{\"at_ms\":500,\"limit\":0},{\"at_ms\":2000,\"limit\":0}]"));
    assertThat(answer.get("refused").toString())
        .contains("at_ms=500.0", "errno=EBUSY")
        .doesNotContain("at_ms=2000");
    assertThat(number(answer, "usage")).isZero();
  }

  @Test
  void aStreamHasStepsAndFlowsBesideIt() throws Exception {
    String flows =
        ",\"steps\":[{\"limit\":67108864},"
            + "{\"group\":\"tcpflow\",\"flows\":\"add idle connections=8 bytes=1M read=0\"}]";
    Map<String, Object> beside = run("linux-6.18", scenario("stream", flows));
    Map<String, Object> alone = run("linux-6.18", scenario("stream", ""));
    assertThat(number(beside, "usage")).isGreaterThan(number(alone, "usage") + (8 << 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"steps\":[{\"at_ms\":1001,\"limit\":0}]",
        ",\"steps\":[{\"group\":\"web\",\"limit\":0}]",
        ",\"steps\":[{\"limt\":0}]",
        ",\"steps\":{\"limit\":0}"
      })
  void whatIsWrongIsSaid(String steps) {
    assertThatThrownBy(() -> run("linux-6.18", scenario("fill", steps)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("write ");
  }

  /** On a 6.18 kernel programs that poll got 1,179,648 bytes for a, and then 376,832 for b. */
  @Test
  void bothLevelsBoundWhatIsCharged() throws Exception {
    Map<String, Object> answer = run("linux-6.18", twoLevels(1_500_000));
    assertThat(number(answer, "outcome", "web/a", "usage")).isBetween(1_000_000L, 1_300_000L);
    assertThat(number(answer, "outcome", "web/b", "usage")).isBetween(200_000L, 700_000L);
    assertThat(number(answer, "outcome", "web", "usage"))
        .isEqualTo(
            number(answer, "outcome", "web/a", "usage")
                + number(answer, "outcome", "web/b", "usage"));
  }

  /** The failure counts where the charge was refused, and nowhere else. */
  @Test
  void theLevelThatRefusesCountsIt() throws Exception {
    Map<String, Object> small = run("linux-5.10", twoLevels(800_000));
    assertThat(number(small, "outcome", "web", "failcnt")).isPositive();
    assertThat(number(small, "outcome", "web/a", "failcnt")).isZero();
    Map<String, Object> large = run("linux-5.10", twoLevels(1L << 30));
    assertThat(number(large, "outcome", "web", "failcnt")).isZero();
    assertThat(number(large, "outcome", "web/a", "failcnt")).isPositive();
  }

  private static String twoLevels(long ofParent) {
    return ("{\"kind\":\"free\",\"seconds\":3,\"groups\":[\"web\",\"web/a\",\"web/b\"],\"steps\":["
            + "{\"group\":\"web\",\"use_hierarchy\":1},{\"group\":\"web\",\"limit\":%d},"
            + "{\"group\":\"web/a\",\"limit\":1048576},{\"group\":\"web/b\",\"limit\":1048576},"
            + "{\"group\":\"web/a\",\"flows\":\"add f connections=4 read=0\"},"
            + "{\"at_ms\":1000,\"group\":\"web/b\",\"flows\":\"add f connections=4 read=0\"}]}")
        .formatted(ofParent);
  }
}
