package io.github.vcgroupfs.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The story of the article in the JVM on virtual time: a limit of 256K, windows that stop growing,
 * a higher limit, and a group that heals. The numbers are those of {@code simulate}.
 */
class StoryTest {
  private static final Path SCENARIO = Path.of("src/site/resources/examples/article.jsonl");

  /** The numbers that a simulation gives of a group and that {@code sim.tcp.stat} has, too. */
  private static final List<String> STATISTICS =
      List.of("pruned", "rcvq_dropped", "zero_window", "pressure", "pressure_ms");

  @ParameterizedTest
  @CsvSource({"lwn-2011, 0", "linux-6.18, 0", "linux-4.19, 7", "linux-6.1, 20111206"})
  void theStoryHasTheNumbersOfASimulation(String profile, long seed) throws Exception {
    try (VirtualCgroupFileSystem fs =
        VirtualCgroupFileSystem.builder().profile(profile).seed(seed).open()) {
      Cgroups cgroups = fs.cgroups();
      Group web = cgroups.create("/web");
      Group db = cgroups.create("/db");
      cgroups.at(
          Duration.ofSeconds(1),
          () -> web.addFlow("upload connections=8 chunk=16K send=max read=200K/s"));
      cgroups.at(Duration.ofSeconds(6), () -> web.write("memory.kmem.tcp.limit_in_bytes", "64M"));
      web.write("memory.kmem.tcp.limit_in_bytes", "256K");
      db.write("memory.kmem.tcp.limit_in_bytes", "64M");
      db.addFlow("query connections=4 chunk=8K send=500K/s read=max");

      cgroups.advance(Duration.ofMillis(5_900)); // the windows stop growing
      assertSame(cgroups, simulated(profile, seed, 5.9));
      assertThat(web.tcpStat().get("rcvq_dropped")).isPositive();

      cgroups.advance(Duration.ofMillis(6_100)); // it heals
      assertSame(cgroups, simulated(profile, seed, 12));
      assertThat(web.tcpStat()).containsEntry("pressure", 0L);
      assertThat(cgroups.now()).isEqualTo(Duration.ofSeconds(12));
    }
  }

  private static void assertSame(Cgroups cgroups, Map<String, Object> answer) throws Exception {
    Map<?, ?> outcome = (Map<?, ?>) answer.get("outcome");
    for (Object group : outcome.keySet()) {
      assertThat(numbers(cgroups.group("/" + group))).as("%s", group).isEqualTo(outcome.get(group));
    }
    Map<?, ?> machine = (Map<?, ?>) answer.get("machine");
    Map<String, Long> root = cgroups.root().tcpStat();
    assertThat(root.get("sockets")).isEqualTo(((Number) machine.get("sockets")).longValue());
    assertThat(root.get("memory")).isEqualTo(((Number) machine.get("memory_pages")).longValue());
  }

  private static Map<String, Object> numbers(Group group) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("sent", group.flows().stream().mapToLong(Flow::sentBytes).sum());
    numbers.put("received", group.flows().stream().mapToLong(Flow::receivedBytes).sum());
    numbers.put("usage", group.usage(Counter.TCP));
    numbers.put("max_usage", group.peak(Counter.TCP));
    numbers.put("failcnt", group.failcnt(Counter.TCP));
    Map<String, Long> stat = group.tcpStat();
    STATISTICS.forEach(name -> numbers.put(name, stat.get(name)));
    numbers.put("dropped", stat.get("rcvq_dropped") + stat.get("TCPOFODrop"));
    numbers.put("segments", stat.get("segments_in"));
    // as JSON has numbers: Integer where they fit
    numbers.replaceAll((name, value) -> whole((Long) value));
    return numbers;
  }

  private static Object whole(long number) {
    return number == (int) number ? (Object) (int) number : (Object) number;
  }

  /** What {@code vcgroupfs simulate} answers if the scenario ends then. */
  private static Map<String, Object> simulated(String profile, long seed, double seconds)
      throws Exception {
    Map<String, Object> scenario = JSON.std.mapFrom(Files.readString(SCENARIO));
    scenario.put("seconds", seconds);
    if (seconds < 6) { // the last step would come after the end
      List<?> steps = (List<?>) scenario.get("steps");
      scenario.put("steps", steps.subList(0, steps.size() - 1));
    }
    StringWriter out = new StringWriter();
    new Simulator(Profiles.byId(profile).orElseThrow(), seed, List.of())
        .run(
            new BufferedReader(new StringReader(JSON.std.asString(scenario))),
            new PrintWriter(out));
    return JSON.std.mapFrom(out.toString());
  }
}
