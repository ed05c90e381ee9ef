package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.simulate.Simulator;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** What a plot shows is what the simulation has computed. */
class PlotTest {
  private static final Path ARTICLE = Path.of("src/site/resources/examples/article.jsonl");
  private static final long KIB = 1024;
  private static final int MOST_BYTES = 200_000;

  @TempDir private Path folder;

  private String answer = "";

  private String draw(String profile, String lines, String name) throws Exception {
    Path file = folder.resolve(name);
    StringWriter out = new StringWriter();
    try (Plot plot = Plot.open(file, PlotFormat.of(file).orElseThrow())) {
      new Simulator(Profiles.byId(profile).orElseThrow(), 0, List.of(plot))
          .run(new BufferedReader(new StringReader(lines)), new PrintWriter(out));
    }
    answer = out.toString();
    return file.toString();
  }

  private Drawn drawn(String profile, String lines) throws Exception {
    return new Drawn(Files.readString(Path.of(draw(profile, lines, "plot.svg"))));
  }

  private String outcome(String group, String field) throws Exception {
    Map<?, ?> outcome = (Map<?, ?>) JSON.std.mapFrom(answer).get("outcome");
    return String.valueOf(((Map<?, ?>) outcome.get(group)).get(field));
  }

  @Test
  void theArticle() throws Exception {
    Drawn plot = drawn("lwn-2011", Files.readString(ARTICLE));
    for (String group : List.of("web", "db")) {
      Element usage = plot.series("usage", group);
      assertThat(usage.getAttribute("data-max")).isEqualTo(outcome(group, "max_usage"));
      assertThat(usage.getAttribute("data-last")).isEqualTo(outcome(group, "usage"));
      assertThat(plot.series("sent", group).getAttribute("data-total"))
          .isEqualTo(outcome(group, "sent"));
      assertThat(plot.series("received", group).getAttribute("data-total"))
          .isEqualTo(outcome(group, "received"));
      assertThat(plot.series("dropped", group).getAttribute("data-total"))
          .isEqualTo(outcome(group, "rcvq_dropped"));
    }
    assertThat(plot.texts(plot.root()))
        .contains("web: limit 256 KiB", "web: limit 64 MiB", "web: limit reached, memory pressure")
        .contains("limit of each 64 MiB", "pressure", "12 s")
        .anyMatch(text -> text.startsWith("article"))
        .anyMatch(text -> text.matches("web [0-9.]+ MiB"))
        .anyMatch(text -> text.matches("web [0-9]+ in all"));
    assertThat(plot.root().getElementsByTagName("title").item(0).getTextContent())
        .startsWith("article");
    assertThat(plot.root().getElementsByTagName("desc").item(0).getTextContent())
        .contains("Group web: usage at most", "under memory pressure for 5.", "At 6 s: web: limit");
  }

  /** The story is not a flat line: the six seconds at the limit are at a height that is seen. */
  @Test
  void theLimitIsWhereItIs() throws Exception {
    Drawn plot = drawn("lwn-2011", Files.readString(ARTICLE));
    Element memory = plot.panel("memory");
    assertThat(memory.getAttribute("data-scale")).isEqualTo("log");
    List<double[]> limit = Drawn.corners(plot.series("limit", "web"));
    double before = limit.get(0)[1];
    double after = limit.get(limit.size() - 1)[1];
    double oneMiB = plot.mark(memory, KIB * KIB);
    double eightMiB = plot.mark(memory, 8 * KIB * KIB);
    double doubling = (oneMiB - eightMiB) / 3;
    assertThat(before).as("256 KiB").isEqualTo(oneMiB + 2 * doubling, within(0.3));
    assertThat(after).as("64 MiB").isEqualTo(oneMiB - 6 * doubling, within(0.3));
    double height =
        Double.parseDouble(memory.getAttribute("data-bottom"))
            - Double.parseDouble(memory.getAttribute("data-top"));
    double usage =
        Drawn.corners(plot.series("usage", "web")).stream()
            .filter(corner -> corner[0] > 350) // beyond the limit's change
            .mapToDouble(corner -> corner[1])
            .min()
            .orElseThrow();
    assertThat(before - usage).as("above its first limit, pixels").isGreaterThan(height / 4);
  }

  @Test
  void pressureIsShadedWhenItWas() throws Exception {
    Drawn plot = drawn("lwn-2011", Files.readString(ARTICLE));
    Element row = plot.all(plot.root(), "pressure").get(0);
    assertThat(row.getAttribute("data-of")).isEqualTo("web");
    double ms = Double.parseDouble(outcome("web", "pressure_ms"));
    assertThat(Double.parseDouble(row.getAttribute("data-ms"))).isEqualTo(ms, within(15.0));
    List<double[]> shade = Drawn.corners(plot.all(plot.root(), "pressure-shade").get(0));
    double second = (TimeAxis.RIGHT - TimeAxis.LEFT) / 12;
    assertThat(shade.stream().mapToDouble(corner -> corner[0]).max().orElseThrow())
        .isEqualTo(TimeAxis.LEFT + (1 + ms / 1000) * second, within(0.1 * second));
  }

  @Test
  void labelsDoNotCoverEachOtherAndEndOnThePage() throws Exception {
    Drawn plot = drawn("lwn-2011", groups(4, "longest-name-of-a-group-", 5));
    for (Element panel : plot.all(plot.root(), "panel")) {
      List<double[]> labels = plot.labels(panel);
      assertThat(labels).isNotEmpty();
      for (int i = 0; i < labels.size(); i++) {
        assertThat(labels.get(i)[0] + labels.get(i)[2]).isLessThan(Figure.WIDTH);
        if (i > 0) {
          assertThat(labels.get(i)[1] - labels.get(i - 1)[1]).isGreaterThan(11);
        }
      }
    }
    assertThat(plot.all(plot.root(), "series usage")).hasSize(4);
  }

  @Test
  void manyGroupsAreTheirSumAndTheLargest() throws Exception {
    Drawn plot = drawn("lwn-2011", groups(9, "g", 2));
    assertThat(plot.all(plot.root(), "series usage")).hasSize(2);
    assertThat(plot.texts(plot.panel("memory"))).anyMatch(text -> text.startsWith("all 9 groups "));
    long all = 0;
    long sent = 0;
    String largest = "";
    long most = 0;
    for (int i = 0; i < 9; i++) {
      all += Long.parseLong(outcome("g" + i, "usage"));
      sent += Long.parseLong(outcome("g" + i, "sent"));
      long max = Long.parseLong(outcome("g" + i, "max_usage"));
      largest = max > most ? "g" + i : largest;
      most = Math.max(most, max);
    }
    assertThat(plot.series("usage", "").getAttribute("data-last")).isEqualTo(Long.toString(all));
    assertThat(plot.series("sent", "").getAttribute("data-total")).isEqualTo(Long.toString(sent));
    assertThat(plot.series("usage", largest).getAttribute("data-max"))
        .isEqualTo(Long.toString(most));
  }

  /** What a parent counts of its children is not counted again. */
  @Test
  void theSumOfAHierarchyIsItsTop() throws Exception {
    String lines =
        "{\"kind\":\"free\",\"seconds\":1,\"groups\":[\"p\",\"p/a\",\"p/b\",\"p/c\",\"p/d\"],"
            + "\"steps\":[{\"use_hierarchy\":1},{\"limit\":262144},{\"group\":\"p/a\","
            + "\"flows\":\"add f connections=8 send=max read=0\"}]}";
    Drawn plot = drawn("lwn-2011", lines);
    assertThat(plot.series("usage", "").getAttribute("data-last")).isEqualTo(outcome("p", "usage"));
  }

  @Test
  void theMachineIsShownIfItIsAboutThat() throws Exception {
    Drawn plot = drawn("linux-6.18", Files.readString(ARTICLE.resolveSibling("machine.jsonl")));
    List<Element> thresholds = plot.all(plot.root(), "series threshold");
    assertThat(thresholds).hasSize(2);
    assertThat(thresholds.get(0).getAttribute("data-steps")).endsWith(":" + 3000 * 4096);
    assertThat(Long.parseLong(plot.series("machine", "").getAttribute("data-max")))
        .isGreaterThan(3000 * 4096);
    assertThat(plot.texts(plot.root()))
        .contains("machine: memory pressure", "greedy 0, not counted")
        .contains("machine: tcp_mem pressure 11.7 MiB, high 15.6 MiB");
    assertThat(drawn("lwn-2011", Files.readString(ARTICLE)).all(plot.root(), "panel")).isNotEmpty();
  }

  @Test
  void whatIsRefusedIsAMoment() throws Exception {
    Drawn plot = drawn("linux-6.18", Files.readString(ARTICLE.resolveSibling("path.jsonl")));
    assertThat(plot.texts(plot.root())).contains("limit 1 B is refused (EBUSY)");
    assertThat(plot.texts(plot.root())).contains("No segment was dropped, no send was refused.");
  }

  @Test
  void aFileOfManyScenariosShowsTheFirstTwelve() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      lines.append(
          ("{\"name\":\"<%d> & \\\"\\u0001\\\"\",\"kind\":\"fill\",\"limit\":65536,\"connections\":1,"
                  + "\"chunk\":16384,\"seconds\":0.1}\n")
              .formatted(i));
    }
    Drawn plot = drawn("linux-6.18", lines.toString());
    assertThat(plot.all(plot.root(), "figure")).hasSize(12);
    assertThat(plot.all(plot.root(), "figure").get(3).getAttribute("data-scenario"))
        .isEqualTo("<3> & \"?\"");
    assertThat(plot.texts(plot.root()))
        .contains("2 more scenarios are not drawn: a plot has at most 12.");
    String first = answer.lines().findFirst().orElseThrow();
    assertThat(plot.all(plot.root(), "series usage").get(0).getAttribute("data-max"))
        .isEqualTo(JSON.std.mapFrom(first).get("max_usage").toString());
  }

  /** Ten minutes with four restless groups: no larger than a short one, and no peak is lost. */
  @Test
  void aLongScenarioIsASmallFile() throws Exception {
    Path file = Path.of(draw("lwn-2011", groups(4, "g", 600), "long.svg"));
    assertThat(Files.size(file)).isLessThan(MOST_BYTES);
    Drawn plot = new Drawn(Files.readString(file));
    for (int i = 0; i < 4; i++) {
      assertThat(plot.series("usage", "g" + i).getAttribute("data-max"))
          .isEqualTo(outcome("g" + i, "max_usage"));
    }
  }

  @Test
  void thePngShowsTheSame() throws Exception {
    Path file = Path.of(draw("lwn-2011", Files.readString(ARTICLE), "plot.PNG"));
    assertThat(Files.size(file)).isLessThan(MOST_BYTES);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1600);
    int y = image.getHeight() / 2;
    double second = (TimeAxis.RIGHT - TimeAxis.LEFT) / 12;
    int pressed = (int) (2 * (TimeAxis.LEFT + 3.03 * second));
    int released = (int) (2 * (TimeAxis.LEFT + 9.03 * second));
    assertThat(share(image, pressed, Palette.PRESSURE)).isGreaterThan(0.5);
    assertThat(share(image, released, Palette.PRESSURE)).isZero();
    assertThat(share(image, released, Palette.PAPER)).as("of %d", y).isGreaterThan(0.5);
  }

  private static double share(BufferedImage image, int x, int colour) {
    int same = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      same += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
    }
    return (double) same / image.getHeight();
  }

  private static String groups(int count, String prefix, int seconds) {
    StringBuilder names = new StringBuilder();
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String name = "\"" + prefix + i + "\"";
      names.append(i == 0 ? "" : ",").append(name);
      steps.append(i == 0 ? "" : ",");
      steps.append("{\"group\":%s,\"limit\":%d},".formatted(name, (i + 1L) * 256 * KIB));
      steps.append(
          "{\"group\":%s,\"at_ms\":%d,\"flows\":\"add f connections=%d send=max read=%dK/s\"}"
              .formatted(name, i * 100, i + 1, 50 + 30 * i));
    }
    return "{\"kind\":\"free\",\"seconds\":%d,\"groups\":[%s],\"steps\":[%s]}\n"
        .formatted(seconds, names, steps);
  }
}
