package io.github.vcgroupfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table of the page metrics.md is made from the metrics that there are. */
class MetricsPageTest {
  private static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true -Dtest=MetricsPageTest test";
  private static final Path PAGE = Path.of("src/site/markdown/metrics.md");
  private static final String BEGIN = "<!-- metrics -->\n";
  private static final String END = "<!-- /metrics -->";

  @Test
  void theTableIsThatOfTheMetrics() throws Exception {
    String page = Files.readString(PAGE);
    String table = table();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(PAGE, page.replace(between(page), table));
      page = Files.readString(PAGE);
    }
    assertThat(between(page))
        .as("the table in %s; make it anew with: %s", PAGE, REGENERATE)
        .isEqualTo(table);
  }

  private static String between(String page) {
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    return page.substring(page.indexOf(BEGIN), page.indexOf(END));
  }

  private static String table() {
    StringBuilder text = new StringBuilder(BEGIN);
    text.append("| metric of a group | type | what it is |\n| --- | --- | --- |\n");
    AllMetrics.ofGroups().forEach(each -> text.append(row(each)));
    text.append("\n| metric of the whole | type | what it is |\n| --- | --- | --- |\n");
    AllMetrics.ofTheWhole().forEach(each -> text.append(row(each)));
    AllMetrics.texts().forEach((name, help) -> text.append(row(name, "info", help)));
    return text.append('\n').toString();
  }

  private static String row(Family family) {
    return row(family.name(), family.type().name().toLowerCase(Locale.ROOT), family.help());
  }

  private static String row(String name, String type, String help) {
    return "| `%s` | %s | %s |\n".formatted(name, type, help);
  }
}
