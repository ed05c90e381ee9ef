package io.github.vcgroupfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  /** What Prometheus 2.49 and later sends. */
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0;q=0.5,"
          + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  @TempDir private Path folder;

  private static String scraped(Sight sight, String accept) {
    Metrics metrics = new Metrics(sight, "1.2.3", "a7af743f2036");
    return new String(metrics.scrape(accept).body(), StandardCharsets.UTF_8);
  }

  private static String scraped(Sight sight) {
    return scraped(sight, "text/plain");
  }

  @Test
  void namesOfCadvisorWhereItHasTheNumberAndOursElse() throws Exception {
    Sight sight =
        FakeSight.ofTable(
            folder,
            "# profile linux-4.19",
            "path\tusage\tlimit\tfailcnt\ttcp_usage\ttcp_limit\ttcp_failcnt\tpressure\tpressure_ms\tsent",
            "/\t8192\tmax\t0\t4096\tmax\t-\t0\t0\t7",
            "/web\t4096\t65536\t3\t4096\t0\t12\t1\t1250\t1000000");
    assertThat(scraped(sight).lines())
        .contains(
            "# TYPE container_memory_usage_bytes gauge",
            "container_memory_usage_bytes{id=\"/\"} 8192.0",
            "container_memory_usage_bytes{id=\"/web\"} 4096.0",
            "# TYPE container_memory_failcnt untyped",
            "container_memory_failcnt{id=\"/web\"} 3.0",
            "container_spec_memory_limit_bytes{id=\"/\"} 0.0",
            "container_spec_memory_limit_bytes{id=\"/web\"} 65536.0",
            "vcgroupfs_tcp_limit_bytes{id=\"/\"} +Inf",
            "vcgroupfs_tcp_limit_bytes{id=\"/web\"} 0.0",
            "# TYPE vcgroupfs_tcp_failcnt_total counter",
            "vcgroupfs_tcp_failcnt_total{id=\"/web\"} 12.0",
            "vcgroupfs_tcp_pressure{id=\"/web\"} 1.0",
            "vcgroupfs_tcp_pressure_seconds_total{id=\"/web\"} 1.25",
            "vcgroupfs_tcp_sent_bytes_total{id=\"/web\"} 1000000.0",
            "vcgroupfs_build_info{revision=\"a7af743f2036\",version=\"1.2.3\"} 1",
            "vcgroupfs_up 1.0",
            "vcgroupfs_groups 2.0")
        .anyMatch(
            line ->
                line.startsWith("vcgroupfs_hierarchy_info{directory=")
                    && line.endsWith(",kind=\"kernel\",profile=\"linux-4.19\"} 1"));
  }

  @Test
  void whatIsNotKnownIsAbsentAndNotZero() throws Exception {
    Sight sight =
        FakeSight.ofTable(
            folder, "# profile x", "path\tusage\ttcp_failcnt", "/\t1\t-", "/web\t2\t5");
    String text = scraped(sight);
    assertThat(text).doesNotContain("tcp_failcnt_total{id=\"/\"}").doesNotContain("sockets");
    assertThat(text).contains("vcgroupfs_tcp_failcnt_total{id=\"/web\"} 5.0");
  }

  @Test
  void ofAKernelsFilesEverythingThatTheyTell() throws Exception {
    Path web = Files.createDirectory(folder.resolve("web"));
    for (Path group : List.of(folder, web)) {
      Files.writeString(group.resolve("memory.usage_in_bytes"), "12288\n");
      Files.writeString(group.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
      Files.writeString(group.resolve("memory.failcnt"), "7\n");
    }
    String text = scraped(FakeSight.ofFiles(folder));
    assertThat(text.lines())
        .contains(
            "container_memory_usage_bytes{id=\"/web\"} 12288.0",
            "container_memory_failcnt{id=\"/web\"} 7.0",
            "container_spec_memory_limit_bytes{id=\"/web\"} 0.0");
    assertThat(text).doesNotContain("vcgroupfs_tcp");
  }

  /** The page of the format: backslash, quote and line feed are escaped in a label. */
  @Test
  void namesOfGroupsCannotBreakOut() throws Exception {
    Sight sight =
        FakeSight.ofTable(
            folder,
            "# profile x",
            "path\tusage",
            "/\t1",
            "/a\"} 5\t2",
            "/b\\x0a# TYPE evil counter\t3",
            "/{id=\"c\",d=\"e\"}\t4",
            "/größe \uD83D\uDE00\t5");
    List<String> lines =
        scraped(sight).lines().filter(line -> line.startsWith("container_")).toList();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "container_memory_usage_bytes{id=\"/\"} 1.0",
            "container_memory_usage_bytes{id=\"/a\\\"} 5\"} 2.0",
            "container_memory_usage_bytes{id=\"/b\\\\x0a# TYPE evil counter\"} 3.0",
            "container_memory_usage_bytes{id=\"/{id=\\\"c\\\",d=\\\"e\\\"}\"} 4.0",
            "container_memory_usage_bytes{id=\"/größe \uD83D\uDE00\"} 5.0");
    assertThat(scraped(sight, OPEN_METRICS).lines())
        .contains("container_memory_usage_bytes{id=\"/b\\\\x0a# TYPE evil counter\"} 3.0")
        .filteredOn(line -> line.startsWith("# TYPE"))
        .noneMatch(line -> line.contains("evil"));
  }

  @Test
  void oneThatIsGoneIsDownAndHasNoGroups() throws Exception {
    FakeSight sight = FakeSight.ofTable(folder, "# profile x", "path\tusage", "/\t1");
    sight.vanish();
    assertThat(scraped(sight).lines())
        .contains("vcgroupfs_up 0.0")
        .noneMatch(line -> line.startsWith("container_") || line.startsWith("vcgroupfs_look"));
  }

  @ParameterizedTest
  @ValueSource(strings = {OPEN_METRICS, PROMETHEUS})
  void openMetricsForWhoeverTakesIt(String accept) throws Exception {
    Sight sight = FakeSight.ofTable(folder, "# profile x", "path\tfailcnt\tsent", "/\t1\t2");
    Metrics.Scrape scrape = new Metrics(sight, "1", "").scrape(accept);
    assertThat(scrape.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    String text = new String(scrape.body(), StandardCharsets.UTF_8);
    assertThat(text).endsWith("# EOF\n");
    assertThat(text.lines())
        .contains(
            "# TYPE vcgroupfs_tcp_sent_bytes counter",
            "# UNIT vcgroupfs_tcp_sent_bytes bytes",
            "vcgroupfs_tcp_sent_bytes_total{id=\"/\"} 2.0",
            "# TYPE container_memory_failcnt unknown",
            "container_memory_failcnt{id=\"/\"} 1.0");
  }

  @Test
  void plainTextForEverybodyElse() throws Exception {
    Sight sight = FakeSight.ofTable(folder, "# profile x", "path\tusage", "/\t1");
    Metrics metrics = new Metrics(sight, "1", "");
    for (String accept : new String[] {null, "*/*", "text/html", "text/plain;version=0.0.4"}) {
      Metrics.Scrape scrape = metrics.scrape(accept);
      assertThat(scrape.contentType()).startsWith("text/plain; version=0.0.4; charset=utf-8");
      assertThat(new String(scrape.body(), StandardCharsets.UTF_8)).doesNotContain("# EOF");
    }
  }

  @Test
  void everyColumnHasANameOfItsOwn() {
    GroupFamilies families = new GroupFamilies();
    Set<String> names = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (Column column : Column.all()) {
      Family family = families.of(column);
      if (!names.add(family.name())) {
        twice.add(family.name());
      }
      assertThat(family.help()).as(family.name()).endsWith(".").matches("[A-Z].*");
      assertThat(family.name()).matches("(container|vcgroupfs)_[a-z_]+");
    }
    assertThat(twice).isEmpty();
  }
}
