package io.github.vcgroupfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Grafana needs of a dashboard; only Grafana itself knows all of it. */
class DashboardTest {
  private static final Pattern NAME = Pattern.compile("\\b(?:container|vcgroupfs)_\\w+");

  private final Map<String, Object> dashboard = read();

  private static Map<String, Object> read() {
    try {
      return JSON.std.mapFrom(Dashboard.json());
    } catch (java.io.IOException notJson) {
      throw new AssertionError(notJson);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> of, String key) {
    return (List<Map<String, Object>>) of.get(key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> of, String key) {
    return (Map<String, Object>) of.get(key);
  }

  private List<String> expressions() {
    List<String> all = new ArrayList<>();
    for (Map<String, Object> panel : list(dashboard, "panels")) {
      list(panel, "targets").forEach(each -> all.add((String) each.get("expr")));
    }
    for (Map<String, Object> variable : list(map(dashboard, "templating"), "list")) {
      if (variable.get("definition") instanceof String definition) {
        all.add(definition);
      }
    }
    return all;
  }

  @Test
  void everyNameIsThatOfAMetric() {
    Set<String> used = new TreeSet<>();
    for (String each : expressions()) {
      Matcher name = NAME.matcher(each);
      while (name.find()) {
        used.add(name.group());
      }
    }
    assertThat(used).hasSizeGreaterThan(15);
    assertThat(AllMetrics.names()).containsAll(used);
  }

  @Test
  void countersAreShownAsRates() {
    for (String each : expressions()) {
      if (each.contains("_total") || each.contains("_failcnt")) {
        assertThat(each).startsWith("rate(").contains("[$__rate_interval]");
      }
    }
  }

  @Test
  void everyPanelHasATitleAnExplanationAndAUnit() {
    Set<Object> ids = new TreeSet<>();
    for (Map<String, Object> panel : list(dashboard, "panels")) {
      String title = (String) panel.get("title");
      assertThat(title).isNotBlank();
      assertThat((String) panel.get("description")).as(title).endsWith(".");
      assertThat(map(map(panel, "fieldConfig"), "defaults").get("unit"))
          .as("unit of %s", title)
          .isIn("bytes", "Bps", "ops", "percentunit", "short", "s", "bool_yes_no");
      assertThat(ids.add(panel.get("id"))).as("id of %s is its own", title).isTrue();
    }
  }

  @Test
  void noPanelCoversAnother() {
    boolean[][] taken = new boolean[200][24];
    for (Map<String, Object> panel : list(dashboard, "panels")) {
      Map<String, Object> at = map(panel, "gridPos");
      for (int y = (int) at.get("y"); y < (int) at.get("y") + (int) at.get("h"); y++) {
        for (int x = (int) at.get("x"); x < (int) at.get("x") + (int) at.get("w"); x++) {
          assertThat(taken[y][x]).as("%s at %d, %d", panel.get("title"), x, y).isFalse();
          taken[y][x] = true;
        }
      }
    }
  }

  @Test
  void everyVariableThatIsUsedIsThere() {
    List<String> there =
        list(map(dashboard, "templating"), "list").stream()
            .map(each -> "$" + each.get("name"))
            .toList();
    assertThat(there).contains("$datasource", "$instance", "$id");
    for (String each : expressions()) {
      Matcher used = Pattern.compile("\\$(?!__)\\w+").matcher(each);
      while (used.find()) {
        assertThat(there).contains(used.group());
      }
    }
  }
}
