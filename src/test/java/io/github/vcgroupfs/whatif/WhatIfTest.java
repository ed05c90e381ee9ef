package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WhatIfTest {
  private static final String FILL =
      "{\"kind\":\"fill\",\"limit\":262144,\"connections\":8,\"chunk\":16384,\"wmem\":null}";
  private static final String DRAIN =
      "{\"kind\":\"drain\",\"limit\":65536,\"connections\":8,\"chunk\":16384,\"seconds\":0.5}";
  private static final String STREAM =
      "{\"name\":\"it's\",\"kind\":\"stream\",\"limit\":262144,\"connections\":3,\"chunk\":4096,"
          + "\"seconds\":2,\"read_every_ms\":2.5}";
  private static final String FREE =
      "{\"kind\":\"free\",\"seconds\":5,\"groups\":[\"web\",\"db\"],\"steps\":["
          + "{\"limit\":262144},{\"group\":\"db\",\"limit\":67108864},"
          + "{\"group\":\"db\",\"flows\":\"add q connections=4 chunk=8K send=500K/s read=max\"},"
          + "{\"at_ms\":1000,\"flows\":\"add up connections=8 chunk=16K send=max read=200K/s\"},"
          + "{\"at_ms\":3000,\"limit\":67108864},{\"at_ms\":4000,\"limit\":1}]}";

  private final WhatIf whatIf = new WhatIf(Profiles.all(), 2);

  @AfterEach
  void end() {
    whatIf.close();
  }

  private Reply ask(String scenario, String profiles, String more) throws Exception {
    return whatIf.answer(
        "{\"viewer\":\"test\",\"profiles\":[%s],\"scenario\":%s%s}"
            .formatted(profiles, scenario, more));
  }

  private Map<String, Object> answer(String scenario, String profiles, String more)
      throws Exception {
    Reply reply = ask(scenario, profiles, more);
    assertThat(reply.kind()).as(reply.json()).isEqualTo(Reply.Kind.ANSWERED);
    return JSON.std.mapFrom(reply.json());
  }

  /** The library reads it without a complaint. */
  @Test
  void theWordNullIsNoQuestion() throws Exception {
    Reply reply = whatIf.answer("null");
    assertThat(reply.kind()).isEqualTo(Reply.Kind.WRONG);
    assertThat(reply.json()).contains("not a JSON object");
  }

  @Test
  void aReceiverWithoutAnyWindowIsSentNothing() throws Exception {
    String scenario = FILL.replace("\"wmem\":null", "\"rmem\":[1,1,1]");
    assertThat(ask(scenario, "\"lwn-2011\"", "").kind()).isEqualTo(Reply.Kind.ANSWERED);
  }

  private static Map<String, Object> object(Map<String, Object> from, String key) {
    Map<String, Object> object = new LinkedHashMap<>();
    assertThat(from.get(key)).as(key).isInstanceOf(Map.class);
    ((Map<?, ?>) from.get(key)).forEach((name, value) -> object.put(String.valueOf(name), value));
    return object;
  }

  private static Map<String, Object> first(Map<String, Object> answer) {
    List<?> answers = (List<?>) answer.get("answers");
    return object(Map.of("first", answers.get(0)), "first");
  }

  private static long[] curve(Map<String, Object> one, String group, String name) {
    Map<String, Object> series = object(object(object(one, "groups"), group), "series");
    return ((List<?>) series.get(name))
        .stream().mapToLong(value -> ((Number) value).longValue()).toArray();
  }

  /** What the button copies gives the same numbers at a prompt. */
  @ParameterizedTest
  @ValueSource(strings = {FILL, DRAIN, STREAM, FREE})
  void simulateSaysTheSameOfTheCopiedLine(String scenario) throws Exception {
    for (String id : List.of("lwn-2011", "linux-4.19", "linux-6.18")) {
      Map<String, Object> answer = answer(scenario, "\"" + id + "\"", ",\"seed\":5");
      String line = String.valueOf(answer.get("line"));
      StringWriter out = new StringWriter();
      new Simulator(Profiles.byId(id).orElseThrow(), 5, List.of())
          .run(new BufferedReader(new StringReader(line)), new PrintWriter(out));
      Map<String, Object> simulated = JSON.std.mapFrom(out.toString());
      simulated.keySet().removeAll(JSON.std.mapFrom(scenario).keySet());
      assertThat(object(first(answer), "outcome")).as(id).isEqualTo(simulated);
      assertThat(line).isEqualTo(scenario);
      assertThat(String.valueOf(first(answer).get("command")))
          .isEqualTo(
              "echo '"
                  + line.replace("'", "'\\''")
                  + "' | vcgroupfs simulate --profile "
                  + id
                  + " --seed 5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FILL, DRAIN, STREAM, FREE})
  void theSameSeedGivesTheSameAnswer(String scenario) throws Exception {
    String both = "\"linux-6.18\",\"linux-3.10\"";
    assertThat(ask(scenario, both, ",\"seed\":3")).isEqualTo(ask(scenario, both, ",\"seed\":3"));
  }

  @Test
  void twoProfilesAreAnsweredInTheOrderOfTheQuestion() throws Exception {
    List<?> answers = (List<?>) answer(FILL, "\"linux-6.18\",\"lwn-2011\"", "").get("answers");
    assertThat(answers).hasSize(2);
    assertThat(((Map<?, ?>) answers.get(0)).get("profile")).isEqualTo("linux-6.18");
    assertThat(((Map<?, ?>) answers.get(1)).get("profile")).isEqualTo("lwn-2011");
  }

  @ParameterizedTest
  @CsvSource({"20", "100", "400", "2000"})
  void curvesHaveAtMostThatManyPointsAndKeepThePeak(int points) throws Exception {
    Map<String, Object> one = first(answer(FREE, "\"lwn-2011\"", ",\"points\":" + points));
    long[] times = curve(one, "web", "time_ms");
    assertThat(times).hasSizeLessThanOrEqualTo(points).hasSizeGreaterThan(points / 2).isSorted();
    assertThat(times[times.length - 1]).isBetween(4000L, 5000L);
    for (String name :
        List.of(
            "usage",
            "limit",
            "window",
            "pressure",
            "sent_per_s",
            "received_per_s",
            "dropped",
            "send_refused",
            "failcnt")) {
      assertThat(curve(one, "web", name)).as(name).hasSameSizeAs(times);
    }
    Map<String, Object> web = object(object(object(one, "outcome"), "outcome"), "web");
    long most = Arrays.stream(curve(one, "web", "usage")).max().orElseThrow();
    assertThat(most).isEqualTo(((Number) web.get("max_usage")).longValue());
  }

  @Test
  void aCurveEndsWithWhatCameOut() throws Exception {
    Map<String, Object> one = first(answer(STREAM, "\"linux-6.18\"", ""));
    long[] usage = curve(one, "tcpflow", "usage");
    long[] failcnt = curve(one, "tcpflow", "failcnt");
    long[] dropped = curve(one, "tcpflow", "dropped");
    Map<String, Object> outcome = object(one, "outcome");
    assertThat(usage).contains(((Number) outcome.get("usage")).longValue());
    assertThat(failcnt[failcnt.length - 1])
        .isEqualTo(((Number) outcome.get("failcnt")).longValue());
    assertThat(dropped[dropped.length - 1])
        .isEqualTo(((Number) outcome.get("rcvq_dropped")).longValue());
  }

  /** Throughput is what was sent: the area below the curve. */
  @Test
  void theAreaBelowThroughputIsWhatWasReceived() throws Exception {
    String steady =
        "{\"kind\":\"free\",\"seconds\":4,\"groups\":[\"web\"],\"steps\":[{\"limit\":67108864},"
            + "{\"flows\":\"add up connections=2 chunk=4K send=1M/s read=max\"}]}";
    Map<String, Object> one = first(answer(steady, "\"linux-6.18\"", ""));
    double mean = Arrays.stream(curve(one, "web", "received_per_s")).average().orElseThrow();
    Map<String, Object> web = object(object(object(one, "outcome"), "outcome"), "web");
    assertThat(mean * 4).isCloseTo(((Number) web.get("received")).doubleValue(), within(3));
  }

  private static org.assertj.core.data.Percentage within(double percent) {
    return org.assertj.core.data.Percentage.withPercentage(percent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'fill','limit':1,'connections':257,'chunk':1}"
            + "|\"connections\": is 257; write an integer from 1 to 256",
        "{'kind':'fill','limit':1,'connections':1,'chunk':16777217}"
            + "|\"chunk\": is 16777217; write an integer from 1 to 16777216",
        "{'kind':'fill','limit':1,'connections':1,'chunk':1,'seconds':121}"
            + "|\"seconds\": is 121; write a number above 0, at most 120.0",
        "{'kind':'fill','limit':1,'connections':1,'chunk':1,'rmem':[1,2,16777217]}"
            + "|from 1 to 16777216: [min, default, max]",
        "{'kind':'free','seconds':121,'groups':['a'],'steps':[]}|at most 120.0",
        "{'kind':'free','groups':['a','b','c','d','e','f','g','h','i'],'steps':[]}"
            + "|\"groups\": is 9 names; write at most 8",
        "{'kind':'free','groups':['a'],'steps':[{'flows':'add f connections=200'},"
            + "{'flows':'add g connections=57'}]}"
            + "|\"flows\": ask for 257 connections in all; write at most 256",
        "{'kind':'boil'}|\"kind\": is boil; write fill, drain, stream or free",
      })
  void saysWhichValueWasTooLarge(String scenario, String why) throws Exception {
    Reply reply = ask(scenario.replace('\'', '"'), "\"lwn-2011\"", "");
    assertThat(reply.kind()).isEqualTo(Reply.Kind.WRONG);
    assertThat(String.valueOf(JSON.std.mapFrom(reply.json()).get("error"))).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nonsense|not a JSON object: write {",
        "{'viewer':'a','profiles':['lwn-2011']}|'scenario': is missing; write an object",
        "{'profiles':['lwn-2011'],'scenario':{}}|'viewer': is missing; write a text",
        "{'viewer':'a','profiles':[],'scenario':{}}|'profiles': is []; write a list of one or two",
        "{'viewer':'a','profiles':['linux-9'],'scenario':{}}|'profiles': is linux-9; write a list",
        "{'viewer':'a','profiles':['lwn-2011'],'scenario':{},'points':1}"
            + "|'points': is 1; write an integer from 20 to 2000",
        "{'viewer':'a','profiles':['lwn-2011'],'scenario':{},'seed':'x'}|'seed': is x; write an",
        "{'viewer':'a','profiles':['lwn-2011'],'scenario':{},'steps':3000001}|'steps': is 3000001",
      })
  void saysWhatIsWrongWithAQuestion(String question, String why) throws Exception {
    Reply reply = whatIf.answer(question.replace('\'', '"'));
    assertThat(reply.kind()).isEqualTo(Reply.Kind.WRONG);
    assertThat(String.valueOf(JSON.std.mapFrom(reply.json()).get("error")))
        .startsWith(why.replace('\'', '"'));
  }

  /** Work is bounded by counting it, so that the same question ends at the same moment. */
  @ParameterizedTest
  @ValueSource(strings = {STREAM, FREE})
  void stopsWhereTheWorkIsTooMuchAndSaysSo(String scenario) throws Exception {
    Map<String, Object> one = first(answer(scenario, "\"lwn-2011\"", ",\"steps\":2000"));
    double stoppedMs = ((Number) one.get("stopped_ms")).doubleValue();
    assertThat(stoppedMs).isBetween(1.0, 4000.0);
    assertThat(String.valueOf(one.get("sentence")))
        .contains("Only the first " + Words.time(stoppedMs) + " were simulated")
        .contains("fewer connections");
    assertThat(((Number) one.get("steps")).longValue()).isBetween(2000L, 5000L);
    String group = scenario.equals(FREE) ? "web" : "tcpflow";
    long[] times = curve(one, group, "time_ms");
    assertThat(times[times.length - 1]).isLessThanOrEqualTo((long) stoppedMs);
    assertThat(ask(scenario, "\"lwn-2011\"", ",\"steps\":2000"))
        .isEqualTo(ask(scenario, "\"lwn-2011\"", ",\"steps\":2000"));
  }

  @Test
  void whatTheKernelRefusesIsPartOfTheAnswer() throws Exception {
    Map<String, Object> outcome = object(first(answer(FREE, "\"lwn-2011\"", "")), "outcome");
    List<?> refused = (List<?>) outcome.get("refused");
    assertThat(refused).hasSize(1);
    assertThat(((Map<?, ?>) refused.get(0)).get("errno")).isEqualTo("EBUSY");
  }

  @Test
  void warmingUpAnswersNobody() throws Exception {
    whatIf.warmUp();
    whatIf.warmUp();
    assertThat(ask(FILL, "\"lwn-2011\"", "").kind()).isEqualTo(Reply.Kind.ANSWERED);
  }
}
