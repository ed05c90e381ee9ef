package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where cells are, what colours they have, and what is said of them. */
class HeatMapTest {
  @TempDir private Path folder;

  private static HeatAxis numbers(String name, double... values) {
    List<HeatAxis.Mark> marks = new ArrayList<>();
    for (double value : values) {
      marks.add(new HeatAxis.Mark(value, Double.toString(value)));
    }
    return HeatAxis.of(name, Unit.BYTES, true, marks);
  }

  @Test
  void wideAxesAreLogarithmic() {
    HeatAxis wide = numbers("x", 1024, 64, 256);
    assertThat(wide.isLogarithmic()).isTrue();
    assertThat(wide.text(0)).isEqualTo("64 B");
    for (int i = 0; i <= 3; i++) {
      assertThat(wide.edge(i)).isCloseTo(i / 3.0, within(1e-9));
    }
    HeatAxis narrow = numbers("x", 1, 2, 4);
    assertThat(narrow.isLogarithmic()).isFalse();
    assertThat(narrow.edge(1)).isCloseTo((1.5 - 0.5) / (5 - 0.5), within(1e-9));
    assertThat(numbers("x", 0, 100).isLogarithmic()).isFalse();
    assertThat(numbers("x", 7).edge(1)).isEqualTo(1);
  }

  @Test
  void wordsLieSideBySide() {
    HeatAxis words =
        HeatAxis.of(
            "kind",
            Unit.COUNT,
            false,
            List.of(new HeatAxis.Mark(Double.NaN, "fill"), new HeatAxis.Mark(Double.NaN, "drain")));
    assertThat(words.edge(1)).isEqualTo(0.5);
    assertThat(words.text(1)).isEqualTo("drain");
  }

  /** Who sees no colours sees the order, and the letters on them. */
  @Test
  void coloursBecomeLighterEvenlyAndTextsAreReadable() {
    double last = -1;
    for (int i = 0; i <= 100; i++) {
      int colour = Ramp.colour(i / 100.0);
      assertThat(Ramp.luminance(colour)).as("%d %%", i).isGreaterThan(last);
      last = Ramp.luminance(colour);
      assertThat(Ramp.contrast(colour, Ramp.inkOn(colour))).as("%d %%", i).isGreaterThan(4.5);
    }
    assertThat(Ramp.contrast(Ramp.colour(0), Ramp.colour(1))).isGreaterThan(10);
  }

  private HeatMap map() {
    HeatAxis x = numbers("limit", 64, 128, 256, 512);
    HeatAxis y = numbers("connections", 1, 8, 64);
    HeatPanel panel = new HeatPanel("rtt 1ms", x, y);
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 3; row++) {
        if (column + row < 6 && !(column == 0 && row == 2)) {
          double share = 100.0 * (column + 1) / (row + 4);
          panel.set(x.key(column), y.key(row), share, share >= 60);
        }
      }
    }
    return new HeatMap(
        new HeatMap.Subject("throughput%", Unit.PERCENT, "a note", "throughput>=60%"),
        List.of(panel));
  }

  @Test
  void theContourIsWhereTheGoalBeginsToBeMet() throws Exception {
    Path file = folder.resolve("a.svg");
    map().write(file, PlotFormat.SVG);
    Drawn drawn = new Drawn(Files.readString(file));
    assertThat(drawn.all(drawn.root(), "cell")).hasSize(11);
    assertThat(drawn.all(drawn.root(), "cell"))
        .allSatisfy(
            cell ->
                assertThat(Double.parseDouble(cell.getAttribute("data-value")) >= 60)
                    .isEqualTo(Boolean.parseBoolean(cell.getAttribute("data-met"))));
    // met from the third, the third and the fourth column on: three steps up, one to the right
    assertThat(drawn.all(drawn.root(), "contour").get(0).getElementsByTagName("path").getLength())
        .isEqualTo(2 * 4);
    assertThat(drawn.texts(drawn.root()))
        .contains("throughput% over limit and connections", "rtt 1ms", "64 B", "25 %", "a note")
        .contains("Inside the line, marked with a square: throughput>=60%");
    assertThat(Files.readString(file))
        .contains("connections 1 B: 25 % to 100 %, throughput&gt;=60% in 2 of 4 cells.");
  }

  @Test
  void pixelsHaveTheColoursOfTheCells() throws Exception {
    Path file = folder.resolve("a.png");
    try {
      PngNeeds.require();
    } catch (PlotException noFonts) {
      org.junit.jupiter.api.Assumptions.abort(noFonts.getMessage());
    }
    map().write(file, PlotFormat.PNG);
    java.awt.image.BufferedImage image = javax.imageio.ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(1600);
    // the last cell of the first row, which is at the bottom: all of it
    assertThat(image.getRGB(2 * 640, 2 * (58 + 24 + 3 * 34 - 5)) & 0xFFFFFF)
        .isEqualTo(Ramp.colour(1));
  }

  @Test
  void moreThanAFewPanelsAreCounted() throws Exception {
    HeatAxis axis = numbers("x", 1, 2);
    List<HeatPanel> panels = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      HeatPanel panel = new HeatPanel("p" + i, axis, axis);
      panel.set("1.0", "1.0", i, false);
      panels.add(panel);
    }
    Path file = folder.resolve("a.svg");
    new HeatMap(new HeatMap.Subject("f", Unit.COUNT, "", ""), panels).write(file, PlotFormat.SVG);
    assertThat(Files.readString(file))
        .contains("2 more panels are not drawn: a heat map has at most 12.")
        .doesNotContain("p12");
  }
}
