package io.github.vcgroupfs.plot;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * The plots in the documents show what their scenarios give. Where one stands, a comment before it
 * says of which kernel and which example it is. To make all of them anew: {@code mvn
 * -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true -Dtest=PlotFiguresTest test}.
 */
class PlotFiguresTest {
  private static final List<Path> PAGES =
      List.of(
          Path.of("README.md"),
          Path.of("src/site/markdown/simulate.md"),
          Path.of("src/site/markdown/post-mortems.md"));
  private static final Path EXAMPLES = Path.of("src/site/resources/examples");
  private static final Pattern FIGURE =
      Pattern.compile("<!-- plot (\\S+) (\\S+) -->\\s*!\\[([^\\]]+)\\]\\((\\S+)\\)");
  private static final Pattern DATA = Pattern.compile(" data-[a-z]+");
  private static final int MOST_BYTES = 200_000;

  @TempDir private Path folder;

  /** A plot of a page. Immutable. */
  record Figure(Path page, String profile, String example, String text, Path file) {}

  static Stream<Figure> figures() throws Exception {
    Map<Path, Figure> figures = new LinkedHashMap<>();
    for (Path page : PAGES) {
      for (MatchResult found : FIGURE.matcher(Files.readString(page)).results().toList()) {
        Path file = page.resolveSibling(found.group(4)).normalize();
        figures.put(file, new Figure(page, found.group(1), found.group(2), found.group(3), file));
      }
    }
    return figures.values().stream();
  }

  @Test
  void theDocumentsHavePlots() throws Exception {
    assertThat(figures().map(Figure::example))
        .contains("article", "machine", "drain", "collapse")
        .contains("tcp-mem", "windows", "small-segments-32m", "idle-full");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void aPlotShowsWhatItsScenarioGives(Figure figure) throws Exception {
    Path fresh = folder.resolve("fresh.svg");
    Map<String, Object> answer = draw(figure, fresh);
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.createDirectories(figure.file().getParent());
      Files.copy(fresh, figure.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(figure.file())
        .as("%s shows it; this class says how it is made anew", figure.page())
        .exists();
    assertThat(figure.text()).as("what a screen reader says").hasSizeGreaterThan(40);
    assertThat(Files.size(figure.file())).isLessThan(MOST_BYTES);
    Drawn kept = new Drawn(Files.readString(figure.file()));
    Drawn now = new Drawn(Files.readString(fresh));
    assertThat(kept.texts(kept.root())).isEqualTo(now.texts(now.root()));
    assertThat(kept.texts(kept.root())).anyMatch(text -> text.contains(figure.profile()));
    outcomes(answer).forEach((group, fields) -> same(kept, group, fields));
    for (Element limit : kept.all(kept.root(), "series limit")) {
      String group = limit.getAttribute("data-of");
      assertThat(limit.getAttribute("data-steps"))
          .isEqualTo(now.series("limit", group).getAttribute("data-steps"));
      assertThat(Drawn.corners(limit))
          .usingRecursiveComparison()
          .isEqualTo(Drawn.corners(now.series("limit", group)));
    }
  }

  /** Whatever order a map has today: so a plot that is made anew differs only if it shows more. */
  @Test
  void attributesHaveOneOrder() throws Exception {
    Path fresh = folder.resolve("fresh.svg");
    draw(figures().findFirst().orElseThrow(), fresh);
    List<List<String>> all =
        Files.readAllLines(fresh).stream()
            .filter(line -> line.startsWith("<g "))
            .map(line -> DATA.matcher(line).results().map(MatchResult::group).toList())
            .toList();
    assertThat(all).anyMatch(names -> names.size() > 3);
    assertThat(all).allSatisfy(names -> assertThat(names).isSorted());
  }

  private static void same(Drawn plot, String group, Map<?, ?> fields) {
    Element usage = plot.series("usage", group);
    assertThat(usage.getAttribute("data-max")).isEqualTo(fields.get("max_usage").toString());
    Element sent = plot.series("sent", group);
    assertThat(sent.getAttribute("data-total")).isEqualTo(fields.get("sent").toString());
    Element received = plot.series("received", group);
    assertThat(received.getAttribute("data-total")).isEqualTo(fields.get("received").toString());
  }

  private static Map<String, Map<?, ?>> outcomes(Map<String, Object> answer) {
    Map<String, Map<?, ?>> outcomes = new LinkedHashMap<>();
    if (answer.get("outcome") instanceof Map<?, ?> groups) {
      groups.forEach((group, fields) -> outcomes.put(group.toString(), (Map<?, ?>) fields));
    } else {
      outcomes.put("tcpflow", answer);
    }
    return outcomes;
  }

  private static Map<String, Object> draw(Figure figure, Path file) throws Exception {
    String line = Files.readString(EXAMPLES.resolve(figure.example() + ".jsonl"));
    StringWriter out = new StringWriter();
    try (Plot plot = Plot.open(file, PlotFormat.SVG)) {
      new Simulator(Profiles.byId(figure.profile()).orElseThrow(), 0, List.of(plot))
          .run(new BufferedReader(new StringReader(line)), new PrintWriter(out));
    }
    return JSON.std.mapFrom(out.toString());
  }
}
