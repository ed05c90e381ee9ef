package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.KernelProfile;
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

class SimulatorTest {
  private static final String FILL =
      "{\"name\":\"f\",\"kind\":\"fill\",\"limit\":262144,\"connections\":8,\"chunk\":16384,"
          + "\"wmem\":null,\"rmem\":null,\"seconds\":0.6}";

  private static String run(String id, String lines) throws Exception {
    KernelProfile profile = Profiles.byId(id).orElseThrow();
    StringWriter out = new StringWriter();
    new Simulator(profile, 1, List.of())
        .run(new BufferedReader(new StringReader(lines)), new PrintWriter(out));
    return out.toString();
  }

  private static Map<String, Object> answer(String id, String line) throws Exception {
    return JSON.std.mapFrom(run(id, line));
  }

  private static long number(Map<String, Object> answer, String key) {
    return ((Number) answer.get(key)).longValue();
  }

  @Test
  void answersWithTheFieldsOfTheScenarioAndWhatCameOut() throws Exception {
    Map<String, Object> answer = answer("linux-6.18", FILL);
    assertThat(answer)
        .containsKeys("name", "kind", "limit", "connections", "chunk", "wmem", "rmem", "seconds")
        .containsKeys("sent", "received", "usage", "max_usage", "failcnt")
        .containsKeys("pruned", "rcvq_dropped", "zero_window");
    assertThat(answer.get("wmem")).isNull();
    assertThat(number(answer, "received")).isZero();
  }

  /** {@code tcp_connect}, {@code sk_stream_alloc_skb}: a SYN needs a page, and nobody is forced. */
  @Test
  void connectIsRefusedAtTheLimitInKernelsThatAskForTheMemoryOfASyn() throws Exception {
    String line =
        "{\"name\":\"f\",\"kind\":\"fill\",\"limit\":65536,\"connections\":32,\"chunk\":16384,"
            + "\"seconds\":0.1}";
    assertThat(answer("linux-3.10", line).get("refused").toString())
        .contains("what=connect", "errno=ENOBUFS", "connection 17 of 32", "raise the limit");
    assertThat(answer("linux-3.3", line)).doesNotContainKey("refused");
    assertThat(answer("linux-4.4", line)).doesNotContainKey("refused");
  }

  /** Until 5.15 the page of a SYN stays with the socket: 32 of them are above the limit at once. */
  @Test
  void theSynOfEveryConnectionIsCharged() throws Exception {
    String line =
        "{\"kind\":\"fill\",\"limit\":65536,\"connections\":32,\"chunk\":1,\"seconds\":0.000001}";
    assertThat(number(answer("linux-4.19", line), "max_usage")).isGreaterThanOrEqualTo(32 * 4096);
  }

  @Test
  void aSlowerProgramWritesLessBeforeItsTimeIsOver() throws Exception {
    String fast = FILL.replace("262144", "-1").replace("0.6", "0.001,\"slowdown\":1");
    String slow = fast.replace("slowdown\":1", "slowdown\":50");
    assertThat(number(answer("linux-4.19", slow), "sent"))
        .isLessThan(number(answer("linux-4.19", fast), "sent") / 4);
  }

  @Test
  void theSameSeedGivesTheSameAnswer() throws Exception {
    assertThat(run("linux-4.19", FILL + "\n\n" + FILL))
        .isEqualTo(run("linux-4.19", FILL + "\n" + FILL));
  }

  @Test
  void withoutALimitNothingIsCharged() throws Exception {
    for (KernelProfile profile : Profiles.all()) {
      Map<String, Object> answer =
          answer(profile.id(), FILL.replace("\"limit\":262144", "\"limit\":-1"));
      assertThat(number(answer, "usage")).as(profile.id()).isZero();
      assertThat(number(answer, "max_usage")).as(profile.id()).isZero();
      assertThat(number(answer, "sent")).as(profile.id()).isGreaterThan(1 << 20);
    }
  }

  @Test
  void aDrainReadsWhatAFillLeft() throws Exception {
    for (KernelProfile profile : Profiles.all()) {
      Map<String, Object> answer = answer(profile.id(), FILL.replace("\"fill\"", "\"drain\""));
      assertThat(number(answer, "received")).as(profile.id()).isPositive();
    }
    Map<String, Object> latest = answer("linux-6.18", FILL.replace("\"fill\"", "\"drain\""));
    assertThat(number(latest, "received")).isEqualTo(number(latest, "sent"));
    assertThat(number(latest, "usage")).isZero(); // 6.x returns charges at once
  }

  /** kernel-facts.md, charges: who counts failures, and whose watermark shows a refused charge. */
  @ParameterizedTest
  @CsvSource({"linux-6.18, false", "linux-6.1, true", "linux-4.19, true", "lwn-2011, true"})
  void failuresAreCountedUntilTheCounterWasCutBack(String id, boolean counted) throws Exception {
    assertThat(number(answer(id, FILL), "failcnt") > 0).isEqualTo(counted);
  }

  @Test
  void theWatermarkGoesAboveTheLimit() throws Exception {
    for (String id : List.of("linux-3.10", "linux-4.19", "linux-5.15", "linux-6.18")) {
      assertThat(number(answer(id, FILL), "max_usage")).as(id).isGreaterThan(262_144);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{\"kind\":\"fill\"}",
        "{\"kind\":\"boil\",\"limit\":1,\"connections\":1,\"chunk\":1}",
        "{\"kind\":\"fill\",\"limit\":-2,\"connections\":1,\"chunk\":1}",
        "{\"kind\":\"fill\",\"limit\":1,\"connections\":0,\"chunk\":1}",
        "{\"kind\":\"fill\",\"limit\":1,\"connections\":1,\"chunk\":\"big\"}",
        "{\"kind\":\"fill\",\"limit\":1,\"connections\":1,\"chunk\":1,\"rmem\":[1,2]}",
        "{\"kind\":\"fill\",\"limit\":1,\"connections\":1,\"chunk\":1,\"seconds\":-1}"
      })
  void saysWhichLineIsWrongAndWhatWouldBeRight(String line) {
    assertThatThrownBy(() -> run("linux-6.18", FILL + "\n" + line))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining("write ");
  }
}
