package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.junit.VirtualCgroup;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.nio.Cgroups;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the steps of the story on the page claim, held against the simulator and the files. */
@Timeout(120)
@VirtualCgroup(profile = "lwn-2011")
class StoryPageTest {
  private static final String STORY = "/io/github/vcgroupfs/serve/page/story.json";
  private static final Pattern ECHO = Pattern.compile("echo (?:'([^']*)'|(\\S+)) > DIR/(\\S+)");
  private static final Pattern READ = Pattern.compile("(?:cat|grep '\\S+'|tail -n 1) (DIR/.*)");

  private final WhatIf whatIf = new WhatIf(Profiles.all(), 1);

  private static List<?> steps() throws IOException {
    try (InputStream in = StoryPageTest.class.getResourceAsStream(STORY)) {
      return JSON.std.listFrom(in);
    }
  }

  private static Map<String, Object> object(Object value) {
    assertThat(value).isInstanceOf(Map.class);
    Map<String, Object> object = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> object.put(String.valueOf(key), each));
    return object;
  }

  /** What the page is told of a step: its groups. */
  private Map<String, Object> groups(int number) throws Exception {
    Map<String, Object> step = object(steps().get(number - 1));
    Reply reply =
        whatIf.answer(
            JSON.std.asString(
                Map.of(
                    "viewer",
                    "story",
                    "profiles",
                    List.of(step.get("profile")),
                    "scenario",
                    step.get("scenario"))));
    assertThat(reply.kind()).as(reply.json()).isEqualTo(Reply.Kind.ANSWERED);
    Map<String, Object> answer =
        object(((List<?>) JSON.std.mapFrom(reply.json()).get("answers")).get(0));
    assertThat(answer.get("stopped_ms")).as("step %d is simulated to its end", number).isNull();
    assertThat((List<?>) object(answer.get("outcome")).get("refused")).isEmpty();
    return object(answer.get("groups"));
  }

  private static double[] curve(Map<String, Object> groups, String group, String name) {
    Map<String, Object> series = object(object(groups.get(group)).get("series"));
    return ((List<?>) series.get(name))
        .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  private static Map<String, Object> marks(Map<String, Object> groups, String group) {
    return object(object(groups.get(group)).get("landmarks"));
  }

  private static double mark(Map<String, Object> groups, String group, String name) {
    assertThat(marks(groups, group).get(name)).as("%s of %s", name, group).isNotNull();
    return ((Number) marks(groups, group).get(name)).doubleValue();
  }

  /** The mean of a curve in some time. */
  private static double mean(
      Map<String, Object> groups, String group, String name, double fromMs, double untilMs) {
    double[] times = curve(groups, group, "time_ms");
    double[] values = curve(groups, group, name);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= fromMs && times[i] < untilMs) {
        sum += values[i];
        count++;
      }
    }
    assertThat(count).isPositive();
    return sum / count;
  }

  @Test
  void thereAreSixStepsAndEachShowsGroupsOfItsScenario() throws Exception {
    assertThat(steps()).hasSize(6);
    for (int number = 1; number <= 6; number++) {
      Map<String, Object> groups = groups(number);
      Map<String, Object> step = object(steps().get(number - 1));
      for (Object each : (List<?>) step.get("shows")) {
        assertThat(groups).containsKey(String.valueOf(object(each).get("group")));
        assertThat(List.of("memory", "window", "throughput", "losses"))
            .containsAll(
                ((List<?>) object(each).get("charts")).stream().map(String::valueOf).toList());
      }
      assertThat(step).containsKeys("title", "text", "look", "commands");
    }
  }

  @Test
  void step1WithoutLimitsTheModestGroupLosesForTheGreedyOne() throws Exception {
    Map<String, Object> groups = groups(1);
    for (String group : List.of("greedy", "modest")) {
      assertThat(curve(groups, group, "usage")).as(group).containsOnly(0);
      assertThat(mean(groups, group, "pressure", 0, 1_900)).as(group).isZero();
      assertThat(mean(groups, group, "pressure", 2_100, 6_900)).as(group).isEqualTo(1);
      assertThat(mean(groups, group, "pressure", 7_200, 10_000)).as(group).isZero();
    }
    assertThat(mark(groups, "modest", "dropped")).isPositive();
  }

  @Test
  void step2TheUsageClimbsForTwoSecondsAndStaysAtTheLimit() throws Exception {
    Map<String, Object> groups = groups(2);
    assertThat(mark(groups, "web", "reached_ms")).isBetween(2_000.0, 3_000.0);
    assertThat(mean(groups, "web", "usage", 3_000, 8_000))
        .isBetween(0.95 * (1 << 20), 1.1 * (1 << 20));
    assertThat(mean(groups, "web", "pressure", 3_000, 8_000)).isGreaterThan(0.3);
  }

  @Test
  void step3WindowsStopGrowingAndReadersGetAsMuchAsBefore() throws Exception {
    Map<String, Object> groups = groups(3);
    double reachedMs = mark(groups, "web", "reached_ms");
    assertThat(marks(groups, "web")).containsEntry("windows_stop_growing", true);
    double[] times = curve(groups, "web", "time_ms");
    double[] dropped = curve(groups, "web", "dropped");
    double[] refused = curve(groups, "web", "send_refused");
    int before = (int) Arrays.stream(times).filter(ms -> ms < reachedMs - 50).count();
    assertThat(Arrays.stream(dropped).limit(before)).containsOnly(0.0);
    assertThat(Arrays.stream(refused).limit(before)).containsOnly(0.0);
    assertThat(mark(groups, "web", "dropped")).isGreaterThan(50);
    assertThat(mark(groups, "web", "send_refused")).isGreaterThan(50);
    double early = mean(groups, "web", "received_per_s", 1_000, reachedMs);
    double late = mean(groups, "web", "received_per_s", reachedMs, 8_000);
    assertThat(late / early).isBetween(0.9, 1.1);
  }

  @Test
  void step4TheNeighbourIsNeverUnderPressure() throws Exception {
    Map<String, Object> groups = groups(4);
    assertThat(mean(groups, "web", "pressure", 1_100, 6_000)).isEqualTo(1);
    assertThat(curve(groups, "db", "pressure")).containsOnly(0);
    assertThat(mark(groups, "db", "dropped")).isZero();
    assertThat(mark(groups, "db", "send_refused")).isZero();
    double early = mean(groups, "db", "received_per_s", 250, 1_000);
    double late = mean(groups, "db", "received_per_s", 1_000, 6_000);
    assertThat(late / early).isBetween(0.95, 1.05);
  }

  @Test
  void step5PressureEndsAMomentAfterTheLimitWasRaised() throws Exception {
    Map<String, Object> groups = groups(5);
    assertThat(mean(groups, "web", "pressure", 1_100, 5_900)).isEqualTo(1);
    assertThat(mean(groups, "web", "pressure", 6_200, 12_000)).isZero();
    assertThat(mean(groups, "web", "usage", 11_000, 12_000)).isGreaterThan(4 << 20);
    double before = mean(groups, "web", "dropped", 5_800, 6_000);
    assertThat(mark(groups, "web", "dropped")).isCloseTo(before, within(10));
  }

  private static org.assertj.core.data.Offset<Double> within(double by) {
    return org.assertj.core.api.Assertions.within(by);
  }

  @Test
  void step6WhatWasMadeBeforeTheLimitIsNeverCounted() throws Exception {
    Map<String, Object> groups = groups(6);
    assertThat(mean(groups, "web", "usage", 0, 5_900)).isZero();
    assertThat(mean(groups, "web", "received_per_s", 1_000, 5_900)).isPositive();
    assertThat(mean(groups, "web", "limit", 3_100, 10_000)).isEqualTo(2 << 20);
    assertThat(mark(groups, "web", "reached_ms")).isBetween(6_000.0, 6_500.0);
  }

  /**
   * What it says to type works, in this order, in one hierarchy; and what is said to be refused is.
   */
  @Test
  void theCommandsCanBeTyped(Cgroups cgroups, Path root) throws Exception {
    for (Object each : steps()) {
      for (Object command : (List<?>) object(each).get("commands")) {
        type(String.valueOf(command), cgroups, root);
      }
    }
    assertThat(Files.readString(root.resolve("web/sim.why"))).contains("EBUSY");
  }

  private static void type(String command, Cgroups cgroups, Path root) throws IOException {
    boolean refused = command.endsWith("# refused");
    String line = command.replaceFirst("# .*", "").strip();
    Matcher echo = ECHO.matcher(line);
    Matcher read = READ.matcher(line);
    if (line.startsWith("mkdir ")) {
      for (String path : line.substring("mkdir ".length()).split(" ", -1)) {
        Files.createDirectory(below(root, path));
      }
    } else if (echo.matches()) {
      String text = (echo.group(1) == null ? echo.group(2) : echo.group(1)) + "\n";
      Path file = root.resolve(echo.group(3));
      if (refused) {
        assertThatThrownBy(() -> Files.writeString(file, text))
            .as(command)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("Device or resource busy");
      } else {
        Files.writeString(file, text);
      }
      cgroups.advance(Duration.ofSeconds(3));
    } else if (read.matches()) {
      for (String path : read.group(1).split(" ", -1)) {
        assertThat(Files.readString(below(root, path))).as(command).isNotEmpty();
      }
      String text = Files.readString(below(root, read.group(1).split(" ", -1)[0]));
      if (command.endsWith("# still 0")) {
        assertThat(text).as(command).isEqualTo("0\n");
      } else if (command.contains("# off")) {
        assertThat(text).as(command).contains("tcp off");
      } else if (command.contains("usage_in_bytes")) {
        assertThat(text).as(command).isNotEqualTo("0\n");
      }
    } else {
      assertThat(line).isEqualTo("vcgroupfs mount DIR");
    }
  }

  private static Path below(Path root, String path) {
    assertThat(path).startsWith("DIR/");
    return root.resolve(path.substring("DIR/".length()));
  }
}
