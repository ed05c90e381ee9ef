package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.kernel.ReclaimRule;
import io.github.vcgroupfs.kernel.ScheduleAlgorithm;
import io.github.vcgroupfs.kernel.TcpConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The page that shows where kernels differ in what a limit does, and that each difference comes
 * from the rule it is put down to: with that one rule changed, it is gone.
 */
class TcpDifferencesPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/tcp-differences.md");
  private static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true -Dtest=TcpDifferencesPageTest test";

  /** The table below the figures, written by hand. */
  private static final Path RULES = Path.of("src/test/resources/tcp-differences-rules.md");

  private static final List<String> PROFILES =
      List.of("lwn-2011", "linux-3.10", "linux-4.19", "linux-5.15", "linux-6.18");

  private static final List<String> SCENARIOS =
      List.of(
          "fill-L65536-n1-c16384",
          "fill-L65536-n8-c16384",
          "fill-L262144-n8-c16384",
          "fill-L1048576-n1-c16384",
          "fill-L4194304-n32-c16384",
          "fill-L-1-n1-c16384",
          "drain-L262144-n8-c16384",
          "drain-L4194304-n1-c16384",
          "stream-L262144-n4-c16384-rc65536-re5");

  private static Scenario scenario(String name) throws Exception {
    for (String line : Files.readAllLines(Path.of("src/test/resources/tcpflow-scenarios.jsonl"))) {
      Map<String, Object> fields = JSON.std.mapFrom(line);
      if (name.equals(fields.get("name"))) {
        return Scenario.of(fields, Budget.Limits.WIDE);
      }
    }
    throw new AssertionError("no scenario " + name);
  }

  private static KernelProfile profile(String id) {
    return Profiles.byId(id).orElseThrow();
  }

  private static Outcome run(KernelProfile profile, String scenario) throws Exception {
    return new ScenarioRun(
            scenario(scenario), profile, 1, Sampler.thinned(List.of()), Budget.unbounded())
        .run();
  }

  private static KernelProfile with(
      KernelProfile profile, ScheduleAlgorithm schedule, ReclaimRule reclaim) {
    TcpConstants tcp = profile.tcp();
    return profile.withTcp(
        new TcpConstants(
            tcp.memPages(),
            tcp.rmem(),
            tcp.wmem(),
            tcp.rmemMaxBytes(),
            tcp.minSndbufBytes(),
            tcp.advmssBytes(),
            tcp.skbOverheadBytes(),
            tcp.maxTcpHeaderBytes(),
            tcp.jiffyNs(),
            schedule,
            reclaim,
            tcp.congestion(),
            tcp.features()));
  }

  @Test
  void thePageIsWhatTheScenariosSay() throws Exception {
    String page = page();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("make it with: %s", REGENERATE).exists();
    assertThat(Files.readString(PAGE)).as("make it anew with: %s", REGENERATE).isEqualTo(page);
  }

  /**
   * kernel-facts.md, charges: with the counters of 6.14, 6.18 counts failures, and nothing else
   * changes.
   */
  @Test
  void failcntIsAMatterOfTheCounter() throws Exception {
    KernelProfile now = profile("linux-6.18");
    EnumSet<KernelFeature> counting = EnumSet.copyOf(now.features());
    counting.add(KernelFeature.FAILCNT_OF_EVERY_COUNTER);
    KernelProfile before =
        new KernelProfile(
            now.id(),
            now.label(),
            counting,
            now.extensions(),
            now.limits(),
            now.integers(),
            now.files(),
            now.memory(),
            now.tcp());
    Outcome silent = run(now, "fill-L262144-n8-c16384");
    Outcome counted = run(before, "fill-L262144-n8-c16384");
    assertThat(silent.failcnt()).isZero();
    assertThat(counted.failcnt()).isPositive();
    assertThat(counted.sent()).isEqualTo(silent.sent());
    assertThat(counted.usage()).isEqualTo(silent.usage());
  }

  /**
   * kernel-facts.md, TCP charge: a charge that is made and given back leaves its mark in max_usage.
   */
  @Test
  void theOvershootOfMaxUsageIsAMatterOfTheScheduleAlgorithm() throws Exception {
    KernelProfile old = profile("linux-4.19");
    KernelProfile fits = with(old, ScheduleAlgorithm.CHARGE_IF_IT_FITS, old.tcp().reclaim());
    String scenario = "fill-L1048576-n1-c16384";
    assertThat(run(old, scenario).maxUsage()).isGreaterThan(run(fits, scenario).maxUsage());
  }

  /**
   * kernel-facts.md, TCP forward allocation: what was read is still charged where nothing is
   * returned at once.
   */
  @Test
  void theDelayedReturnIsAMatterOfReclaim() throws Exception {
    KernelProfile old = profile("linux-4.19");
    KernelProfile atOnce = with(old, old.tcp().schedule(), ReclaimRule.AT_ONCE);
    String scenario = "drain-L4194304-n1-c16384";
    assertThat(run(old, scenario).usage()).isPositive();
    assertThat(run(atOnce, scenario).usage()).isZero();
  }

  /**
   * kernel-facts.md, TCP pressure: until 4.4 a group over its limit is pressure for the whole
   * machine.
   */
  @Test
  void pressureOfTheMachineIsAMatterOfTheScheduleAlgorithm() throws Exception {
    KernelProfile old = profile("linux-3.10");
    KernelProfile flag = with(old, ScheduleAlgorithm.CHARGE_THEN_DECIDE, old.tcp().reclaim());
    assertThat(machinePressure(old)).isPositive();
    assertThat(machinePressure(flag)).isZero();
    assertThat(machinePressure(profile("linux-6.18"))).isZero();
  }

  private static long machinePressure(KernelProfile profile) throws Exception {
    FreeScenario scenario =
        FreeScenario.of(
            JSON.std.mapFrom(
                "{\"kind\":\"free\",\"seconds\":2,\"groups\":[\"a\"],\"steps\":[{\"limit\":262144},"
                    + "{\"flows\":\"add f connections=8 send=max read=0\"}]}"),
            Budget.Limits.WIDE);
    Map<?, ?> machine =
        (Map<?, ?>)
            new FreeScenarioRun(
                    scenario, profile, 1, Sampler.thinned(List.of()), Budget.unbounded())
                .run()
                .get("machine");
    return ((Number) machine.get("pressure_entered")).longValue();
  }

  private static String page() throws Exception {
    StringBuilder text = new StringBuilder();
    text.append("# What a limit does, kernel by kernel\n\n");
    text.append("The same scenarios, simulated on five kernels. The title says which: `L` is the ");
    text.append("limit in bytes (-1: none),\n`n` the number of connections, `c` the bytes of one ");
    text.append("send, `rc` the bytes of one read, `re` the pause\nbetween reads in milliseconds ");
    text.append(
        "([simulate](simulate.md)). All columns but failcnt are bytes: what senders could ");
    text.append(
        "write,\nwhat readers read, what is charged at the end, and the most that was ever ");
    text.append("charged.\n\nMade by `").append(REGENERATE).append("`.\n");
    Map<String, String> sections = new LinkedHashMap<>();
    for (String scenario : SCENARIOS) {
      StringBuilder table = new StringBuilder();
      table.append("| profile | sent | received | usage | max_usage | failcnt |\n");
      table.append("| --- | --: | --: | --: | --: | --: |\n");
      for (String id : PROFILES) {
        Outcome outcome = run(profile(id), scenario);
        table.append(
            "| %s | %d | %d | %d | %d | %d |%n"
                .formatted(
                    id,
                    outcome.sent(),
                    outcome.received(),
                    outcome.usage(),
                    outcome.maxUsage(),
                    outcome.failcnt()));
      }
      sections.put(scenario, table.toString());
    }
    sections.forEach(
        (name, table) -> text.append("\n## ").append(name).append("\n\n").append(table));
    text.append("\n## Which rule makes the difference\n\n");
    text.append(Files.readString(RULES));
    return text.toString();
  }
}
